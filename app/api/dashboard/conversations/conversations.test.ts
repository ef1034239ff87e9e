import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { conversations } from '@/lib/db/schema/conversation'
import { media, messages } from '@/lib/db/schema/message'
import { auditEntries } from '@/lib/db/schema/operator'
import { replyDecisions } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { receiveMessage } from '@/lib/testing/receive-message'
import { givenOperator, givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as replyLog from '@/app/api/dashboard/applications/[applicationId]/replies/log/route'
import * as detail from '@/app/api/dashboard/conversations/[conversationId]/route'
import * as messageRoute from '@/app/api/dashboard/conversations/[conversationId]/messages/route'
import * as notes from '@/app/api/dashboard/conversations/[conversationId]/notes/route'
import * as state from '@/app/api/dashboard/conversations/[conversationId]/state/route'
import * as list from '@/app/api/dashboard/conversations/route'
import * as waiting from '@/app/api/dashboard/conversations/waiting/route'

const test = useDashboard()
let ids: { conversationId: string }
let number = 0
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

beforeEach(async () => {
  const robotId = await givenRobot(test.db)
  await givenSession(test.db, { robotId })
  const person = { senderUsername: '@lin', senderName: '小林', roomId: null }
  const message = { wechatId: String(++number), type: 'text', text: '请问几点开门？', media: null } as const
  await test.db.transaction((tx) => receiveMessage(tx, { robotId, ...person, ...message }, { mediaUrl: (id) => id }))
  const [row] = await test.db.select().from(conversations).where(eq(conversations.robotId, robotId))
  ids = { conversationId: row!.id }
})
const act = (action: string) => test.asAdmin(state.POST, 'POST', { ids, body: { action } })

it('an operator assigns a waiting conversation to themselves, which the rail counts, and resolves it', async () => {
  await act('handover')
  expect((await test.asAdmin(waiting.GET, 'GET')).body.count).toBeGreaterThan(0)
  await act('assign')
  const mine = await test.asAdmin(list.GET, 'GET', { query: '?view=mine' })
  expect(mine.body.rows).toMatchObject([{ id: ids.conversationId, title: '小林', assigneeEmail: 'admin@wxbot.test' }])
  await act('resolve')
  expect((await test.asAdmin(detail.GET, 'GET', { ids })).body).toMatchObject({ state: 'closed', unreadCount: 0 })
  const actions = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, ids.conversationId))
  expect(actions.map(({ action }) => action)).toEqual([
    'conversation.handover',
    'conversation.assign',
    'conversation.resolve',
  ])
})

it('a conversation that a colleague has is assigned to any operator, and not to one that does not exist', async () => {
  await act('assign')
  const assigneeId = await givenOperator(test.db, { email: 'colleague@wxbot.test', role: 'viewer' })
  const assigned = await test.asAdmin(state.POST, 'POST', { ids, body: { action: 'assign', assigneeId } })
  expect(assigned.status).toBe(200)
  const shown = { state: 'assigned', assigneeEmail: 'colleague@wxbot.test', isMine: false }
  expect((await test.asAdmin(detail.GET, 'GET', { ids })).body).toMatchObject(shown)
  const unknown = await test.asAdmin(state.POST, 'POST', { ids, body: { action: 'assign', assigneeId: 'opr_x' } })
  expect(unknown.body.error).toMatchObject({ code: 'NOT_FOUND', reason: 'operator_not_found' })
  expect((await test.asAdmin(detail.GET, 'GET', { ids })).body).toMatchObject(shown)
  await act('assign')
  expect((await test.asAdmin(detail.GET, 'GET', { ids })).body).toMatchObject({ isMine: true })
  const [entry] = await test.db
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.targetId, ids.conversationId), eq(auditEntries.action, 'conversation.assign')))
    .orderBy(auditEntries.id)
    .offset(1)
  expect(entry?.detail).toEqual({ email: 'colleague@wxbot.test' })
  const all = await test.asAdmin(list.GET, 'GET', { query: '?view=all' })
  expect(all.body.rows.map(({ id }: { id: string }) => id)).toContain(ids.conversationId)
})

it('a reply is queued at once, takes the conversation, and names the operator', async () => {
  const sent = await test.asAdmin(messageRoute.POST, 'POST', { ids, body: { type: 'text', content: '九点' } })
  expect(sent.status).toBe(200)
  const { body } = await test.asAdmin(messageRoute.GET, 'GET', { ids })
  expect(body.messages).toMatchObject([
    { id: sent.body.messageId, state: 'queued', replySource: 'operator', operatorEmail: 'admin@wxbot.test' },
    { content: '请问几点开门？', operatorEmail: null },
  ])
  expect(body.entries).toMatchObject([{ kind: 'assigned', assigneeEmail: 'admin@wxbot.test' }])
  expect((await test.asAdmin(detail.GET, 'GET', { ids })).body).toMatchObject({ state: 'assigned', unreadCount: 0 })
})

it('a received message says why nothing replied to it, also in the log of its application', async () => {
  const { robotId, lastMessageId: messageId, applicationId } = await rowOf(ids.conversationId)
  const event = { robotId, eventKey: messageId, messageId, peerUsername: '@lin', personName: '小林' }
  const end = { state: 'done', outcome: 'silent', silence: 'person_cooldown' } as const
  await test.db.insert(replyDecisions).values({ id: newId('decision'), ...event, ...end })
  const { body } = await test.asAdmin(messageRoute.GET, 'GET', { ids })
  expect(body.messages).toMatchObject([{ id: messageId, silence: 'person_cooldown' }])
  const read = (query: string) => test.asAdmin(replyLog.GET, 'GET', { ids: { applicationId }, query })
  const shown = { messageId, messageExcerpt: '请问几点开门？', outcome: 'silent', silence: 'person_cooldown' }
  expect((await read('?outcome=silent')).body).toMatchObject({ decisions: [shown], nextBefore: null })
  expect((await read('?outcome=replied')).body).toMatchObject({ decisions: [] })
})

async function rowOf(conversationId: string) {
  const [row] = await test.db
    .select({
      robotId: conversations.robotId,
      lastMessageId: conversations.lastMessageId,
      applicationId: robots.applicationId,
    })
    .from(conversations)
    .innerJoin(robots, eq(robots.id, conversations.robotId))
    .where(eq(conversations.id, conversationId))
  return row!
}

it('an uploaded image is stored with its message; a file that is not an image is refused', async () => {
  const sent = await test.asAdmin(messageRoute.POST, 'POST', { ids, body: { type: 'image', dataBase64: png } })
  const [file] = await test.db.select().from(media).where(eq(media.messageId, sent.body.messageId))
  expect(file).toMatchObject({ contentType: 'image/png', sizeBytes: Buffer.from(png, 'base64').length })
  const { body } = await test.asAdmin(messageRoute.GET, 'GET', { ids })
  expect(body.messages[0].imageUrl).toBe(`/v1/media/${file!.id}`)
  const text = Buffer.from('no image').toString('base64')
  const refused = await test.asAdmin(messageRoute.POST, 'POST', { ids, body: { type: 'image', dataBase64: text } })
  expect(refused.body.error).toMatchObject({ code: 'IMAGE_UNUSABLE' })
  expect(await test.db.$count(messages, eq(messages.peerUsername, '@lin'))).toBeGreaterThan(0)
})

it('an uploaded file is stored with its cleaned name, and an empty one is refused', async () => {
  const dataBase64 = Buffer.from('PK\u0003\u0004 价格').toString('base64')
  const body = { type: 'file', fileName: 'C:\\价格\u202e表.xlsx', dataBase64 }
  const sent = await test.asAdmin(messageRoute.POST, 'POST', { ids, body })
  const [file] = await test.db.select().from(media).where(eq(media.messageId, sent.body.messageId))
  expect(file).toMatchObject({ fileName: '价格表.xlsx', bytes: Buffer.from(dataBase64, 'base64') })
  const { body: page } = await test.asAdmin(messageRoute.GET, 'GET', { ids })
  const fileUrl = `/v1/media/${file!.id}?name=${encodeURIComponent('价格表.xlsx')}`
  expect(page.messages[0]).toMatchObject({ type: 'other', state: 'queued', fileUrl, fileName: '价格表.xlsx' })
  // A padded base64 text of no bytes.
  const empty = await test.asAdmin(messageRoute.POST, 'POST', { ids, body: { ...body, dataBase64: '' } })
  expect(empty.status).toBe(400)
})

it('a file for a connection that cannot send files is refused before anything is stored', async () => {
  const robotId = await givenRobot(test.db, { connection: 'gateway' })
  await givenSession(test.db, { robotId })
  const person = { senderUsername: 'wxid_lin', senderName: '小林', roomId: null }
  const message = { wechatId: String(++number), type: 'text', text: '你好', media: null } as const
  await test.db.transaction((tx) => receiveMessage(tx, { robotId, ...person, ...message }, { mediaUrl: (id) => id }))
  const [row] = await test.db.select().from(conversations).where(eq(conversations.robotId, robotId))
  const own = { conversationId: row!.id }
  expect((await test.asAdmin(detail.GET, 'GET', { ids: own })).body).toMatchObject({ canSendFiles: false })
  const body = { type: 'file', fileName: 'a.pdf', dataBase64: 'JVBERi0=' }
  const refused = await test.asAdmin(messageRoute.POST, 'POST', { ids: own, body })
  expect(refused.body.error).toMatchObject({ code: 'ILLEGAL_ACTION' })
  expect(await test.db.$count(media, eq(media.robotId, robotId))).toBe(0)
})

it('a note is shown among the messages and is not sent', async () => {
  await test.asAdmin(notes.POST, 'POST', { ids, body: { text: '老客户' } })
  const { body } = await test.asAdmin(messageRoute.GET, 'GET', { ids })
  expect(body.messages).toHaveLength(1)
  expect(body.entries).toMatchObject([{ kind: 'note', text: '老客户', operatorEmail: 'admin@wxbot.test' }])
})
