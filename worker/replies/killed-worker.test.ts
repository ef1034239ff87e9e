import { eq } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import { importArticles } from '@/lib/article/articles'
import { replyDecisions, replySettings } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { startWorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const friend = 'wxid_wangfang0101'
const questionCount = 200
const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await test.sql`update sessions set state = 'ended'`
})

async function startWorker() {
  const worker = await startWorkerProcess({
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    LEASE_SECONDS: '5',
  })
  stops.push(() => worker.kill())
  return worker
}

/** Half of the questions are answered by a rule, the other half by the simulator's model. */
async function setUp(robotId: string): Promise<void> {
  const [robot] = await test.db.select().from(robots).where(eq(robots.id, robotId))
  const { applicationId } = robot!
  await test.db.insert(replySettings).values({
    applicationId,
    usesRules: true,
    usesModel: true,
    personCooldownSeconds: 0,
    modelUrl: `${test.simulatorOrigin}/model/v1`,
    modelName: 'simulator',
    modelTimeoutSeconds: 60,
  })
  const rule = { name: '运费', trigger: 'contains', patterns: ['运费'], answer: 'text', content: '包邮。' }
  await test.db.transaction(async (tx) => {
    await createRule(tx, { applicationId, ruleId: newId('rule'), ...completeRule.parse(rule) })
    const parsed = [{ title: '退货', content: '七天内可以退货。' }]
    await importArticles(tx, { applicationId, fileName: '退货.md', parsed })
  })
}

it('a worker killed while 200 questions are answered: each is answered, none twice', async () => {
  const first = await startWorker()
  const robotId = await test.givenRobot()
  await test.logIn(test, robotId, account)
  await setUp(robotId)
  await startWorker()

  const replied = async () => test.db.$count(replyDecisions, eq(replyDecisions.outcome, 'replied'))
  let killing: Promise<void> | undefined
  for (let index = 0; index < questionCount; index++) {
    const text = index % 2 === 0 ? `运费 ${index}` : `怎么退货 ${index}`
    await test.control(`/chats/${account}/messages`, { from: friend, type: 'text', text })
    if (!killing && (await replied()) >= questionCount / 4) killing = first.kill()
  }
  await (killing ?? first.kill())
  const decided = () => test.db.$count(replyDecisions, eq(replyDecisions.state, 'done'))
  await test.until(async () => (await decided()) === questionCount, 100_000)
  const ends = await test.sql`select outcome, silence, failure, count(*)::int from reply_decisions group by 1, 2, 3`
  expect([...ends]).toEqual([{ outcome: 'replied', silence: null, failure: '', count: questionCount }])
  const open = async () =>
    (await test.messages(robotId)).filter(({ state }) => state === 'queued' || state === 'sending')
  await test.until(async () => (await open()).length === 0, 60_000)

  const stored = await test.messages(robotId)
  const questions = stored.filter(({ direction }) => direction === 'in')
  const answers = stored.filter(({ direction }) => direction === 'out')
  expect(questions).toHaveLength(questionCount)
  expect(new Set(answers.map(({ replyReason }) => replyReason?.messageId))).toEqual(
    new Set(questions.map(({ id }) => id)),
  )
  expect(answers).toHaveLength(questionCount)
  expect(answers.filter(({ replySource }) => replySource === 'model')).toHaveLength(questionCount / 2)
  // A send that was under way when the worker was killed is unknown and never repeated (G1).
  const sent = answers.filter(({ state }) => state === 'sent').length
  const unknown = answers.filter(({ state }) => state === 'unknown').length
  expect(sent + unknown).toBe(questionCount)
  expect(unknown).toBeLessThanOrEqual(1)
  const { messages: received } = await test.control(`/chats/${friend}/${account}/messages`)
  const arrived = (received as { from: string }[]).filter(({ from }) => from === account).length
  expect(arrived).toBeGreaterThanOrEqual(sent)
  expect(arrived).toBeLessThanOrEqual(sent + unknown)
}, 180_000)
