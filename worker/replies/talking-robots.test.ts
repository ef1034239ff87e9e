import { eq, inArray } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import { replyDecisions, replySettings } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { startWorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await test.sql`update sessions set state = 'ended'`
})

async function startWorker(): Promise<void> {
  const worker = await startWorkerProcess({
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
  })
  stops.push(() => worker.kill())
}

const customer = 'wxid_wangfang0101'

it('two robots that welcome people in one room fall silent by themselves, without a cooldown', async () => {
  await startWorker()
  const accounts = [
    await test.control('/accounts', { nickname: '小美' }),
    await test.control('/accounts', { nickname: '小帅' }),
  ].map(({ wxid }) => String(wxid))
  const room = await test.control('/rooms', {
    name: '会员群',
    owner: accounts[0],
    members: [...accounts, customer],
    saved: true,
  })
  const first = await test.givenRobot()
  const [robot] = await test.db.select().from(robots).where(eq(robots.id, first))
  const { applicationId } = robot!
  const robotIds = [first, await test.givenRobot({ applicationId, username: 'second' })]
  await test.db
    .insert(replySettings)
    .values({ applicationId, usesRules: true, personCooldownSeconds: 0, roomRepliesPerMinute: 60 })
  for (const fields of [
    { name: '欢迎', trigger: 'joined', content: '欢迎 {name}，你好' },
    { name: '问候', trigger: 'contains', patterns: ['你好', '欢迎'], content: '你好 {name}，欢迎' },
  ]) {
    const rule = completeRule.parse({ ...fields, answer: 'text' })
    await test.db.transaction((tx) => createRule(tx, { applicationId, ruleId: newId('rule'), ...rule }))
  }
  for (const [index, robotId] of robotIds.entries()) await test.logIn(test, robotId, accounts[index]!)

  const roomPath = `/rooms/${encodeURIComponent(String(room.id))}`
  const { wxid: guest } = await test.control('/accounts', { nickname: '新来的', canLogIn: false })
  await test.control(`${roomPath}/join`, { wxid: guest, inviter: customer })
  await test.control(`${roomPath}/messages`, { from: customer, type: 'text', text: '你好' })

  const decisions = () => test.db.select().from(replyDecisions).where(inArray(replyDecisions.robotId, robotIds))
  const sentTexts = async () => {
    const { messages } = await test.control(`${roomPath}/messages`)
    return (messages as { from: string; text: string }[]).filter(({ from }) => accounts.includes(from))
  }
  // Nothing can follow once each robot has decided about the joining, the greeting, and all messages of the other robot.
  await test.until(async () => {
    const [rows, sent] = [await decisions(), await sentTexts()]
    const received = robotIds.map((robotId, index) => {
      const ofOther = sent.filter(({ from }) => from !== accounts[index]).length
      return rows.filter((row) => row.robotId === robotId).length === 2 + ofOther
    })
    return sent.length >= 4 && rows.every(({ state }) => state === 'done') && received.every(Boolean)
  }, 30_000)
  const rows = await decisions()
  expect((await sentTexts()).map(({ text }) => text).toSorted()).toEqual(
    ['你好 王芳，欢迎', '你好 王芳，欢迎', '欢迎 新来的，你好', '欢迎 新来的，你好'].toSorted(),
  )
  expect(rows.filter(({ outcome }) => outcome === 'replied')).toHaveLength(4)
  expect(rows.filter(({ silence }) => silence === 'from_robot')).toHaveLength(4)
  expect(rows).toHaveLength(8)
}, 90_000)
