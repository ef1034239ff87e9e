import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { conversations } from '@/lib/db/schema/conversation'
import { media, messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { receiveMessage } from '@/lib/testing/receive-message'
import { callRoute } from '@/lib/testing/call-route'
import { givenOperator, givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as assign from '@/app/(api)/v1/conversations/[conversationId]/assign/route'
import * as handover from '@/app/(api)/v1/conversations/[conversationId]/handover/route'
import * as listed from '@/app/(api)/v1/conversations/[conversationId]/messages/route'
import * as notes from '@/app/(api)/v1/conversations/[conversationId]/notes/route'
import * as read from '@/app/(api)/v1/conversations/[conversationId]/read/route'
import * as reopen from '@/app/(api)/v1/conversations/[conversationId]/reopen/route'
import * as reply from '@/app/(api)/v1/conversations/[conversationId]/reply/route'
import * as resolve from '@/app/(api)/v1/conversations/[conversationId]/resolve/route'
import * as show from '@/app/(api)/v1/conversations/[conversationId]/route'
import * as figures from '@/app/(api)/v1/conversations/figures/route'
import * as list from '@/app/(api)/v1/conversations/route'
import * as sendLater from '@/app/(api)/v1/robots/[robotId]/messages/route'

let database: TestDatabase
let web: TestWeb
let token: string
let robotId: string
let conversationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web.close()
  await database.drop()
})
beforeEach(async () => {
  const { db } = database
  const { sealer } = web.context
  const created = await db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  token = created.token
  robotId = await givenRobot(db, { applicationId: created.applicationId })
  await givenSession(db, { robotId })
  await receive('请问几点开门？')
  const [row] = await db.select().from(conversations).where(eq(conversations.robotId, robotId))
  conversationId = row!.id
})

let number = 0
const receive = (text: string) =>
  database.db.transaction((tx) =>
    receiveMessage(
      tx,
      {
        robotId,
        wechatId: String(++number),
        roomId: null,
        senderUsername: '@lin',
        senderName: '小林',
        type: 'text',
        text,
        media: null,
      },
      { mediaUrl: (id) => id },
    ),
  )
type Listed = { content: string }
type Data = {
  conversations: object[]
  conversation: { state: string; operator: string | null }
  messages: Listed[]
  next_cursor: string
  message_id: string
}
const asData = ({ data, retCode }: Awaited<ReturnType<typeof callRoute>>) => ({ retCode, data: data as Data })
const post = async (route: Parameters<typeof callRoute>[0], body: object = {}) =>
  asData(await callRoute(route, 'POST', { params: { conversationId }, body: { token, ...body } }))
const get = async (route: Parameters<typeof callRoute>[0], query: object = {}) =>
  asData(await callRoute(route, 'GET', { params: { conversationId }, query: { token, ...query } }))

it('lists the conversations of the application, with the person’s name and the identifier to reply to', async () => {
  const { data } = await get(list, { q: '几点', limit: '1' })
  expect(data).toMatchObject({
    conversations: [{ id: conversationId, nickname: '小林', to_user: '@lin', state: 'bot', operator: null, unread: 1 }],
    next_cursor: null,
  })
})

it('pages the messages of a conversation, newest first', async () => {
  await receive('在吗')
  const first = await get(listed, { limit: '1' })
  const second = await get(listed, { limit: '1', cursor: first.data.next_cursor })
  const texts = [first, second].map(({ data }) => data.messages.map(({ content }) => content))
  expect([...texts, second.data.next_cursor]).toEqual([['在吗'], ['请问几点开门？'], null])
})

it('a reply is sent to the person and marks the conversation as read, its state stays', async () => {
  const worker = web.startFakeWorker({ message: () => ({ state: 'sent', wechatId: '1' }) })
  const { retCode, data } = await post(reply, { msg_type: 'text', content: '九点' })
  await worker.close()
  expect(retCode).toBe(0)
  const [sent] = await database.db.select().from(messages).where(eq(messages.id, data.message_id))
  expect(sent).toMatchObject({ peerUsername: '@lin', state: 'sent', replySource: null })
  const [row] = await database.db.select().from(conversations).where(eq(conversations.id, conversationId))
  expect(row).toMatchObject({ state: 'bot', unreadCount: 0 })
})

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

it('an uploaded image or file is stored with its message and sent without a link of the client', async () => {
  const worker = web.startFakeWorker({ message: () => ({ state: 'sent', wechatId: '1' }) })
  const image = await post(reply, { msg_type: 'image', data_base64: png })
  const price = { msg_type: 'file', data_base64: Buffer.from('价格').toString('base64'), file_name: '../报价单.txt' }
  const file = await post(reply, price)
  const later = await callRoute(sendLater, 'POST', {
    params: { robotId },
    body: { token, to_user: '@lin', ...price },
  })
  await worker.close()
  expect([image.retCode, file.retCode, later.retCode]).toEqual([0, 0, 0])
  const stored = await database.db
    .select({ type: messages.type, contentType: media.contentType, fileName: media.fileName, bytes: media.bytes })
    .from(media)
    .innerJoin(messages, eq(messages.id, media.messageId))
    .where(eq(messages.robotId, robotId))
    .orderBy(messages.sequence)
  const sentFile = { type: 'other', contentType: 'application/octet-stream', fileName: '报价单.txt' }
  expect(stored).toEqual([
    { type: 'image', contentType: 'image/png', fileName: null, bytes: Buffer.from(png, 'base64') },
    { ...sentFile, bytes: Buffer.from('价格') },
    { ...sentFile, bytes: Buffer.from('价格') },
  ])
})

it.each([
  ['a file without its bytes', { msg_type: 'file', content: 'https://shop.test/a.pdf' }, -1005, 'data_base64'],
  ['a text with bytes', { msg_type: 'text', content: '你好', data_base64: png }, -1005, 'data_base64'],
  [
    'an image with a link and bytes',
    { msg_type: 'image', content: 'https://a.test/', data_base64: png },
    -1005,
    'content',
  ],
  ['bytes that are not base64', { msg_type: 'image', data_base64: '???' }, -1005, 'data_base64'],
  ['bytes that are not an image', { msg_type: 'image', data_base64: 'aGVsbG8=' }, -1002, '不是图片'],
  ['an empty text', { msg_type: 'text', content: ' ' }, -1005, 'content'],
])('refuses %s', async (_, body, retCode, named) => {
  const refused = await callRoute(reply, 'POST', { params: { conversationId }, body: { token, ...body } })
  expect(refused.retCode).toBe(retCode)
  expect(refused.errorMsg).toContain(named)
})

it('a conversation is assigned by email, released with null and resolved', async () => {
  const email = `kefu${number}@shop.example`
  await givenOperator(database.db, { email, role: 'viewer' })
  const states = []
  for (const response of [
    await post(assign, { operator: email }),
    await post(assign, { operator: null }),
    await post(resolve),
  ])
    states.push([response.data.conversation.state, response.data.conversation.operator])
  expect(states).toEqual([
    ['assigned', email],
    ['waiting', null],
    ['closed', null],
  ])
  expect(
    await callRoute(assign, 'POST', { params: { conversationId }, body: { token, operator: null } }),
  ).toMatchObject({
    retCode: -1006,
    errorMsg: expect.stringContaining('没有分配'),
  })
  const unknown = await post(assign, { operator: 'unknown@shop.example' })
  expect(unknown).toMatchObject({ retCode: -1005 })
})

it('a person is requested with a reason, the conversation is resolved, reopened and marked as read', async () => {
  const shown = async () => (await get(show)).data.conversation
  expect(await shown()).toMatchObject({
    handover_reason: null,
    last_message: { direction: 'in', msg_type: 'text', state: 'received', text: '请问几点开门？' },
    reply_window: null,
  })
  const requested = await post(handover, { reason: '要求退款' })
  const reason = { source: 'api', text: '要求退款' }
  expect(requested.data.conversation).toMatchObject({ state: 'waiting', handover_reason: reason, unread: 1 })
  const again = await post(handover, { reason: '别的' })
  expect(again.data.conversation).toMatchObject({ state: 'waiting', handover_reason: reason })
  expect((await post(read)).data.conversation).toMatchObject({ unread: 0 })
  await post(resolve)
  expect((await post(reopen)).data.conversation).toMatchObject({ state: 'waiting' })
})

it('notes are written and listed, and are no messages', async () => {
  await post(notes, { text: '老客户' })
  const second = await post(notes, { text: '已退款' })
  const [first, last] = ((await get(notes)).data as unknown as { notes: object[] }).notes
  expect(first).toMatchObject({ text: '老客户', operator: null })
  expect(last).toEqual((second.data as unknown as { note: object }).note)
  expect((await get(listed)).data.messages).toHaveLength(1)
})

it('messages say who or what sent them and why, and a conversation how long it can be replied to', async () => {
  const { db } = database
  const reason = { ruleId: 'rul_1', ruleName: '运费', articles: [{ id: 'art_1', title: '退货' }], messageId: 'msg_1' }
  const sent = { direction: 'out', type: 'text', state: 'sent', content: '包邮', peerUsername: '@lin' } as const
  await db.insert(messages).values({ ...sent, id: newId('message'), robotId, replySource: 'rule', replyReason: reason })
  expect((await get(listed)).data.messages).toMatchObject([
    {
      content: '包邮',
      reply: { source: 'rule', rule_id: 'rul_1', rule_name: '运费', model: null, event_id: null, message_id: 'msg_1' },
    },
    { content: '请问几点开门？', reply: null },
  ])
  await db.update(robots).set({ connection: 'ilink' }).where(eq(robots.id, robotId))
  expect((await get(show)).data.conversation).toMatchObject({
    reply_window: { hours: 24, closes_at: expect.any(String), left: expect.any(Number) },
  })
})

it('returns the figures of the application’s conversations by day', async () => {
  const worker = web.startFakeWorker({ message: () => ({ state: 'sent', wechatId: '1' }) })
  await post(reply, { msg_type: 'text', content: '九点开门' })
  await worker.close()
  const { retCode, data } = await get(figures, { range: '7d', time_zone: 'Asia/Shanghai' })
  expect(retCode).toBe(0)
  expect(data).toMatchObject({ total: { request_count: 0, rule_count: 0, typical_wait_ms: null } })
  expect((data as unknown as { points: object[] }).points).toHaveLength(7)
  expect(await get(figures, { range: '7d', time_zone: 'Mars/Olympus' })).toMatchObject({ retCode: -1005 })
})
