import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { messages } from '@/lib/db/schema/message'
import { replyDecisions, replyRules } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { callRoute } from '@/lib/testing/call-route'
import { givenRobot } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as route from '@/app/(api)/v1/reply-decisions/route'

let database: TestDatabase
let web: TestWeb
let token: string
let robotId: string
let otherRobotId: string
let ruleId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { db } = database
  const create = () =>
    db.transaction((tx) => createApplication(tx, { sealer: web.context.sealer, name: 'a', callbackUrl: null }))
  const created = await create()
  token = created.token
  const { applicationId } = created
  robotId = await givenRobot(db, { applicationId })
  otherRobotId = await givenRobot(db, { applicationId })
  ruleId = newId('rule')
  const rule = { name: '运费', trigger: 'contains', answer: 'text', content: '包邮', position: 1 } as const
  await db.insert(replyRules).values({ ...rule, id: ruleId, applicationId, patterns: ['运费'] })
  await decided({ robotId, text: '运费多少', outcome: 'replied', source: 'rule', ruleId, reply: '包邮' })
  await decided({ robotId, text: '再问一次', outcome: 'silent', silence: 'person_cooldown' })
  await decided({ robotId: otherRobotId, text: '人工', outcome: 'handed_over', source: 'keyword' })
  await decided({ robotId, text: null, outcome: 'silent', silence: 'no_match' })
  const foreign = await givenRobot(db, { applicationId: (await create()).applicationId })
  await decided({ robotId: foreign, text: '别家的', outcome: 'silent', silence: 'no_match' })
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Decided = { robotId: string; text: string | null; reply?: string } & Partial<typeof replyDecisions.$inferInsert>

async function decided({ text, reply, ...columns }: Decided): Promise<void> {
  const { db } = database
  const id = newId('decision')
  const messageId = text === null ? null : newId('message')
  const about = { robotId: columns.robotId, peerUsername: '@lin', type: 'text' } as const
  if (messageId !== null)
    await db.insert(messages).values({ ...about, id: messageId, direction: 'in', state: 'received', content: text! })
  if (reply !== undefined)
    await db.insert(messages).values({
      ...about,
      id: newId('message'),
      direction: 'out',
      state: 'sent',
      content: reply,
      idempotencyKey: `reply:${id}`,
      replySource: 'rule',
      replyReason: { ruleName: '运费' },
    })
  const event = { eventKey: messageId ?? 'join:1', messageId, peerUsername: '@lin', personName: '小林' }
  await db.insert(replyDecisions).values({ id, ...event, ...columns, state: 'done', decidedAt: new Date() })
}

type Decision = { id: string; text: string; event: string; outcome: string }
async function list(query: object = {}) {
  const { retCode, data } = await callRoute(route, 'GET', { query: { token, ...query } })
  const { decisions = [], next_cursor: cursor = null } = (data ?? {}) as {
    decisions?: Decision[]
    next_cursor?: string | null
  }
  return { retCode, decisions, cursor, texts: decisions.map(({ text }) => text) }
}

it('says what replied to each event of the application, or why nothing did, latest first', async () => {
  const { decisions } = await list()
  expect(decisions).toMatchObject([
    { event: 'joined', message_id: null, text: '', outcome: 'silent', silence: 'no_match', source: null },
    { text: '人工', robot_id: otherRobotId, outcome: 'handed_over', source: 'keyword', silence: null, reply_id: null },
    { text: '再问一次', outcome: 'silent', silence: 'person_cooldown', reply: '' },
    { text: '运费多少', outcome: 'replied', source: 'rule', rule_id: ruleId, rule_name: '运费', reply: '包邮' },
  ])
})

it('is filtered by robot, rule and outcome, and paged', async () => {
  expect((await list({ robot_id: otherRobotId })).texts).toEqual(['人工'])
  expect((await list({ rule_id: ruleId })).texts).toEqual(['运费多少'])
  expect((await list({ rule_id: ruleId, outcome: 'handed_over' })).texts).toEqual([])
  expect((await list({ outcome: 'silent' })).texts).toEqual(['', '再问一次'])
  const first = await list({ limit: 3 })
  const second = await list({ limit: 3, cursor: first.cursor! })
  expect([first.texts, second.texts, second.cursor]).toEqual([['', '人工', '再问一次'], ['运费多少'], null])
  const pageOfRule = await list({ rule_id: ruleId, limit: 1 })
  expect(pageOfRule.cursor).toBeNull()
  expect((await list({ outcome: 'loud' })).retCode).toBe(-1005)
})
