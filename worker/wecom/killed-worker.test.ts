import { afterEach, expect, it } from 'vitest'
import { robots } from '@/lib/db/schema/robot'
import { replySettings } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { givenApplication } from '@/lib/testing/factories'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { serveWecomCallbacks } from '@/worker/testing/serve-wecom-callbacks'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

/** The measured run: `WECOM_ACCOUNTS=20 WECOM_SECONDS=30 npx vitest run worker/wecom/killed-worker`. */
const accountCount = Number(process.env['WECOM_ACCOUNTS'] ?? 4)
const seconds = Number(process.env['WECOM_SECONDS'] ?? 3)
const perSecond = 20
/** Within the reply window of 5, also if all are answered after the last of them. */
const questionsPerPerson = 4

const test = useRobots()
const workers: WorkerProcess[] = []
const closes: Array<() => unknown> = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
  for (const close of closes.splice(0)) await close()
  // No later worker may resume the sessions of killed workers.
  await test.sql`update sessions set state = 'ended'`
})

it(`${accountCount} 客服 accounts lose nothing, answer nothing twice and share each token when one of two workers is killed`, async () => {
  const { connectorId, callbackKey } = await connectCompany(test)
  const applicationId = await givenApplication(test.db)
  await test.db.insert(replySettings).values({ applicationId, usesRules: true, personCooldownSeconds: 0 })
  const rule = completeRule.parse({ name: '答', trigger: 'contains', patterns: ['问'], answer: 'text', content: '答' })
  await test.db.transaction((tx) => createRule(tx, { applicationId, ruleId: newId('rule'), ...rule }))
  const accounts: string[] = []
  for (let index = 0; index < accountCount; index++) {
    const { openKfId } = await test.control('/wecom/accounts', { name: `客服 ${index}` })
    accounts.push(openKfId as string)
    await test.givenRobot({ applicationId, connection: 'wecom_kf', connectorId, username: openKfId })
  }
  await test.db.update(robots).set({ sendRatePerMinute: 0 })
  const callbacks = await serveWecomCallbacks(test, { callbackKey })
  closes.push(callbacks.close)
  const env = {
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    WECOM_ORIGIN: test.simulatorOrigin,
    EGRESS_ALLOW: '127.0.0.0/8',
    LEASE_SECONDS: '3',
  }
  workers.push(await startWorkerProcess(env), await startWorkerProcess(env))
  const count = async (where: string) => Number((await test.sql.unsafe(`select count(*) from ${where}`))[0]?.['count'])
  await test.until(async () => (await count(`sessions where state = 'online'`)) === accountCount, 60_000)

  const total = seconds * perSecond
  const people: string[] = []
  while (people.length * accountCount * questionsPerPerson < total) {
    const { wxid } = await test.control('/accounts', { nickname: `顾客${people.length}`, canLogIn: false })
    people.push(wxid as string)
  }
  const chatOf = (account: string, wxid: string) => `/wecom/accounts/${account}/people/${wxid}/messages`
  const storedToken = async () =>
    (await test.sql<{ token: string }[]>`select access_token_sealed as token from wecom_companies`)[0]?.token
  // Once with both workers, and once with the one that is left.
  const expiries = [Math.floor(total / 4), Math.floor((total * 3) / 4)]
  const startedMs = Date.now()
  for (let index = 0; index < total; index++) {
    const expired = expiries.includes(index) ? await storedToken() : null
    if (expired) await test.control('/wecom/tokens/expire', {})
    if (index === Math.floor(total / 2)) await workers[0]?.kill()
    const wxid = people[Math.floor(index / accountCount) % people.length]!
    await test.control(chatOf(accounts[index % accountCount]!, wxid), { type: 'text', text: `问 ${index}` })
    // The kill must not meet the renewal, which another worker would then repeat.
    if (expired) await test.until(async () => (await storedToken()) !== expired, 60_000)
    await new Promise((done) =>
      setTimeout(done, Math.max(0, startedMs + ((index + 1) * 1000) / perSecond - Date.now())),
    )
  }
  await test.until(async () => (await count(`messages where direction = 'in'`)) === total, 90_000)
  const open = `messages where direction = 'out' and state in ('queued', 'sending')`
  await test.until(async () => (await count(`reply_decisions where decided_at is null`)) === 0, 90_000)
  await test.until(async () => (await count(open)) === 0, 90_000)

  expect(await count(`(select distinct content from messages where direction = 'in') texts`)).toBe(total)
  let delivered = 0
  for (const account of accounts)
    for (const wxid of people) {
      const { messages } = (await test.control(chatOf(account, wxid))) as { messages: { from: string }[] }
      delivered += messages.filter(({ from }) => from === 'api').length
    }
  const sent = await count(`messages where direction = 'out' and state = 'sent'`)
  const unknown = await count(`messages where direction = 'out' and state = 'unknown'`)
  // Each question has one answer; those whose send was interrupted may have arrived, and are not sent again.
  expect(await count(`messages where direction = 'out'`)).toBe(total)
  expect(sent + unknown).toBe(total)
  expect(delivered).toBeGreaterThanOrEqual(sent)
  expect(delivered).toBeLessThanOrEqual(total)
  const { calls } = await test.control('/calls?path=/gettoken')
  // One at the start and one per expiry, however many workers and accounts there are.
  expect(calls).toHaveLength(1 + expiries.length)
  if (process.env['WECOM_ACCOUNTS'])
    console.log({
      total,
      sent,
      unknown,
      delivered,
      tokenRequests: calls.length,
      tookMs: [0.5, 0.95, 1].map(callbacks.percentileMs),
    })
}, 400_000)
