// Measures what a person waits for: `npm run build && npx tsx bench/reply-delay.ts [questions of each kind]` starts the production build with its
// simulator. It fails unless each question has its one reply. Writes bench/results/reply-delay.md.
import { loadavg } from 'node:os'
import { percentile } from '@/bench/callbacks/percentile'
import { writeResults } from '@/bench/peers/write-results'
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { simulatedModelPath } from '@/lib/model/simulated-model'

const questions = Number(process.argv[2] ?? 30)
const everyMs = 5
const withinMs = 30_000
const loadBefore = loadavg()[0] ?? 0
type Message = { from: string; text: string | null }

const product = await startProduct()
try {
  const shop = await createTenant(product, 'bench')
  const robot = await shop.openRobot('bench_robot')
  const of = ['--application', shop.applicationId]
  const rule = ['--name', '运费', '--trigger', 'contains', '--pattern', '运费', '--content', '包邮。']
  await shop.cli('rule', 'create', ...of, ...rule)
  const article = { file_name: 'faq.csv', content: '问题,答案\n退货,七天内可以退货。\n' }
  await shop.call('POST', '/v1/articles/import', article)
  const stages = ['--rules', 'true', '--model', 'true', '--handover', 'true', '--person-cooldown', '0']
  const model = ['--model-url', `${product.simulatorURL}${simulatedModelPath}`, '--model-name', 'simulator']
  await shop.cli('reply', 'update', ...of, ...stages, ...model)

  /** A new person writes; returns the milliseconds until `isDone`. */
  async function ask(question: string, isDone: (person: string) => Promise<boolean>): Promise<number> {
    const { wxid: person } = await shop.phone('/accounts', { nickname: `顾客 ${question}`, canLogIn: false })
    await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: person })
    const askedMs = performance.now()
    await shop.phone(`/chats/${robot.wxid}/messages`, { from: person, type: 'text', text: question })
    while (!(await isDone(person))) {
      if (performance.now() - askedMs > withinMs) throw new Error(`no reply to ${question}`)
      await new Promise((done) => setTimeout(done, everyMs))
    }
    return performance.now() - askedMs
  }
  const hasReceived = (text: string) => async (person: string) => {
    const { messages } = await shop.phone(`/chats/${person}/${robot.wxid}/messages`)
    return (messages as Message[]).some((message) => message.from === robot.wxid && message.text === text)
  }
  const waits = (question: string) => async () => {
    const response = await fetch(
      `${product.baseURL}/v1/conversations?view=waiting&q=${encodeURIComponent(question)}&token=${shop.token}`,
    )
    const { data } = (await response.json()) as { data?: { conversations: unknown[] } }
    return (data?.conversations.length ?? 0) > 0
  }

  const kinds: { name: string; ask: (n: number) => Promise<number> }[] = [
    { name: 'a rule replies', ask: (n) => ask(`运费多少 ${n}`, hasReceived('包邮。')) },
    { name: 'the model replies from an article', ask: (n) => ask(`怎么退货 ${n}`, hasReceived('七天内可以退货。')) },
    { name: 'an unknown question waits in the inbox', ask: (n) => ask(`明天下雨吗 ${n}`, waits(`明天下雨吗 ${n}`)) },
  ]
  const rows: string[][] = []
  for (const kind of kinds) {
    const took: number[] = []
    for (let n = 0; n <= questions; n++) {
      const ms = await kind.ask(n)
      // The first question loads code.
      if (n > 0) took.push(ms)
    }
    rows.push([kind.name, ...[0.5, 0.99, 1].map((share) => `${percentile(took, share).toFixed(0)} ms`)])
  }
  writeResults({
    name: 'reply-delay',
    title: 'From a question to its reply',
    command: `npx tsx bench/reply-delay.ts ${questions}`,
    columns: ['', 'p50', 'p99', 'max'],
    rows,
    notes: [
      `${questions} questions of each kind, one after the other, each by another person in a private chat on the web connection: from the message on ` +
        'the phone to the reply on the phone, or to the conversation in the list of those that wait. The model is the simulated one and responds at once.',
    ],
    loadBefore,
  })
} finally {
  await product.stop()
}
process.exit()
