import { readFile } from 'node:fs/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '@/lib/db/client'
import { callbackEvents } from '@/lib/db/schema/callback'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { acceptMessage } from '@/lib/message/accept-message'
import { receiveMessage } from '@/lib/testing/receive-message'
import { removeOperator } from '@/lib/operator/change-operator'
import { lockRooms } from '@/lib/room/lock-rooms'
import { mergeRooms } from '@/lib/room/merge-rooms'
import { givenApplication, givenOperator, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { untilBlocked } from '@/lib/testing/until-blocked'
import { assignConversation } from '@/lib/conversation/assign-conversation'
import { markConversationRead } from '@/lib/conversation/mark-conversation-read'
import { releaseConversation } from '@/lib/conversation/release-conversation'
import { reopenConversation } from '@/lib/conversation/reopen-conversation'
import { requestHandover } from '@/lib/conversation/request-handover'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import { findConversationOf, isAutomaticReplyAllowed } from '@/lib/conversation/find-conversation'
import { deleteOldConversations, listConversations } from '@/lib/conversation/list-conversations'

let database: TestDatabase
let robotId: string
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  const applicationId = await givenApplication(database.db, {
    callbackUrl: 'https://shop.example/cb',
    eventTypes: ['handover_requested', 'conversation_assigned', 'conversation_resolved'],
  })
  robotId = await givenRobot(database.db, { applicationId })
  await givenSession(database.db, { robotId })
})

let count = 0
function receive(tx: Tx, person: { roomId?: string; from?: string; text?: string } = {}) {
  const { roomId = null, from = '@lin', text = '你好' } = person
  const who = { senderUsername: from, senderName: '小林', wechatId: String(++count) }
  return receiveMessage(tx, { robotId, roomId, type: 'text', text, media: null, ...who }, { mediaUrl: (id) => id })
}
const write = (person?: Parameters<typeof receive>[1]) => database.db.transaction((tx) => receive(tx, person))
const read = () => database.db.select().from(conversations).where(eq(conversations.robotId, robotId))
const change = <T>(act: (tx: Tx) => Promise<T>) => database.db.transaction(act)
const operatorOf = (email: string) => givenOperator(database.db, { email })

describe('a message', () => {
  it('creates the conversation of its person and counts as unread, a reply does not', async () => {
    const stored = await write()
    await write()
    const reply = await change((tx) =>
      acceptMessage(tx, { robotId, toUser: '@lin', type: 'text', content: '好', timeoutMs: 60_000 }),
    )
    const [conversation, ...others] = await read()
    expect(others).toEqual([])
    expect(conversation).toMatchObject({
      peerUsername: '@lin',
      roomId: null,
      name: '小林',
      state: 'bot',
      unreadCount: 2,
    })
    expect(conversation!.lastMessageId).toBe(reply.messageId)
    expect(stored!.messageId).not.toBe(reply.messageId)
  })

  it('of a room belongs to the conversation of the room, for each sender', async () => {
    const roomId = await givenRoom(database.db, { robotId, name: '客户群', username: `@@${count}` })
    await write({ roomId, from: '@a' })
    await write({ roomId, from: '@b' })
    expect(await read()).toMatchObject([{ roomId, peerUsername: null, unreadCount: 2, name: '' }])
  })

  it('to the file helper has no conversation', async () => {
    await change((tx) =>
      acceptMessage(tx, { robotId, toUser: 'filehelper', type: 'text', content: '好', timeoutMs: 60_000 }),
    )
    expect(await read()).toEqual([])
  })

  it('finds its conversation in its own transaction, which counts it once', async () => {
    const state = await change(async (tx) => {
      const { messageId } = (await receive(tx))!
      const message = { messageId, robotId, roomId: null, peerUsername: '@lin', senderName: '小林' }
      const found = await findConversationOf(tx, message)
      expect((await findConversationOf(tx, message))!.id).toBe(found!.id)
      return found!.state
    })
    expect(isAutomaticReplyAllowed({ state, serviceState: null })).toBe(true)
    expect(await read()).toMatchObject([{ unreadCount: 1, name: '小林' }])
  })

  it('the first ones of two people, stored by two transactions in opposite order, do not deadlock', async () => {
    for (let round = 0; round < 5; round += 1) {
      const people = [`@one${round}`, `@two${round}`, `@three${round}`, `@four${round}`]
      const storeAll = (order: string[]) =>
        change(async (tx) => {
          for (const from of order) await receive(tx, { from })
        })
      await Promise.all([
        storeAll(people),
        storeAll(people.toReversed()),
        storeAll(people),
        storeAll(people.toReversed()),
      ])
    }
    const all = await read()
    expect(all).toHaveLength(20)
    expect(all.every(({ unreadCount }) => unreadCount === 4)).toBe(true)
  })

  it('the first one that is answered while the API sends does not deadlock', async () => {
    const stored = (await write())!
    await database.db.delete(conversations).where(eq(conversations.robotId, robotId))
    const message = { messageId: stored.messageId, robotId, roomId: null, peerUsername: '@lin' }
    const send = { robotId, toUser: '@lin', type: 'text', content: '好', timeoutMs: 60_000 } as const
    let answering: Promise<unknown> | undefined
    await change(async (tx) => {
      await acceptMessage(tx, send)
      answering = change(async (other) => {
        expect(await findConversationOf(other, message)).not.toBeNull()
        await acceptMessage(other, { ...send, content: '再来' })
      })
      await untilBlocked(database)
    })
    await answering
    expect(await read()).toHaveLength(1)
  })

  it('of 20 concurrent ones none is left out', async () => {
    await Promise.all(Array.from({ length: 20 }, () => write()))
    const [last] = await database.db
      .select({ max: sql<number>`max(sequence)::int` })
      .from(messages)
      .where(eq(messages.robotId, robotId))
    expect(await read()).toMatchObject([{ unreadCount: 20, lastSequence: last!.max }])
  })
})

describe('a handover', () => {
  it('silences automatic replies until the conversation is resolved and the person writes again', async () => {
    await write()
    const { id } = (await read())[0]!
    const operatorId = await operatorOf(`a${count}@shop.example`)
    const allowed = async () => isAutomaticReplyAllowed((await read())[0]!)
    expect(await change((tx) => requestHandover(tx, { id }, { source: 'keyword', text: '人工' }))).toBe(true)
    expect(await change((tx) => requestHandover(tx, { id }, { source: 'no_reply' }))).toBe(false)
    expect(await allowed()).toBe(false)
    await change((tx) => assignConversation(tx, { conversationId: id, operatorId, assigneeId: operatorId }))
    await write()
    expect(await read()).toMatchObject([
      { state: 'assigned', assigneeId: operatorId, waitingSince: null, unreadCount: 2 },
    ])
    await markConversationRead(database.db, { conversationId: id })
    await change((tx) => resolveConversation(tx, { conversationId: id, operatorId }))
    expect(await read()).toMatchObject([{ state: 'closed', assigneeId: null, unreadCount: 0 }])
    await write()
    expect(await read()).toMatchObject([{ state: 'bot', unreadCount: 1 }])
    const events = await database.db.select().from(callbackEvents).where(eq(callbackEvents.robotId, robotId))
    expect(events.map(({ type, data }) => [type, (data as { operator?: string }).operator ?? ''])).toEqual([
      ['handover_requested', ''],
      ['conversation_assigned', expect.stringContaining('@shop.example')],
      ['conversation_resolved', expect.stringContaining('@shop.example')],
    ])
    const entries = await database.db
      .select()
      .from(conversationEntries)
      .where(eq(conversationEntries.conversationId, id))
    expect(entries.map(({ kind }) => kind)).toEqual(['handover_requested', 'assigned', 'resolved'])
  })

  it('a released conversation waits again, a reopened one belongs to who reopens it', async () => {
    await write()
    const conversationId = (await read())[0]!.id
    const operatorId = await operatorOf(`b${count}@shop.example`)
    await change((tx) => assignConversation(tx, { conversationId, operatorId, assigneeId: operatorId }))
    await change((tx) => releaseConversation(tx, { conversationId, operatorId }))
    expect(await read()).toMatchObject([{ state: 'waiting', assigneeId: null, waitingSince: expect.any(Date) }])
    await change((tx) => resolveConversation(tx, { conversationId, operatorId }))
    await change((tx) => reopenConversation(tx, { conversationId, operatorId }))
    expect(await read()).toMatchObject([{ state: 'assigned', assigneeId: operatorId, waitingSince: null }])
  })

  it('conversations of a removed operator wait for another person', async () => {
    await write()
    const conversationId = (await read())[0]!.id
    await operatorOf(`stays${count}@shop.example`)
    const operatorId = await operatorOf(`leaves${count}@shop.example`)
    await change((tx) => assignConversation(tx, { conversationId, operatorId, assigneeId: operatorId }))
    await change((tx) => removeOperator(tx, { operatorId }))
    expect(await read()).toMatchObject([{ state: 'waiting', assigneeId: null }])
  })
})

describe('the list', () => {
  const list = (query: Partial<Parameters<typeof listConversations>[1]>) =>
    listConversations(database.db, { view: 'open', robotId, limit: 2, ...query })
  const names = (page: { rows: { peerUsername: string | null }[] }) => page.rows.map(({ peerUsername }) => peerUsername)

  it('pages by position, latest first, or longest wait first', async () => {
    for (const from of ['@a', '@b', '@c']) await write({ from })
    const first = await list({})
    const second = await list({ cursor: first.nextCursor! })
    expect([names(first), names(second), second.nextCursor]).toEqual([['@c', '@b'], ['@a'], null])
    for (const { id } of [...first.rows].reverse())
      await change((tx) => requestHandover(tx, { id }, { source: 'operator' }))
    const waiting = await list({ view: 'waiting', limit: 1 })
    const next = await list({ view: 'waiting', limit: 1, cursor: waiting.nextCursor! })
    expect([names(waiting), names(next), next.nextCursor]).toEqual([['@b'], ['@c'], null])
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
  })

  it('finds names and texts of messages', async () => {
    await write({ from: '@a', text: '请问几点开门？' })
    await write({ from: '@b', text: '退货' })
    expect(names(await list({ search: '几点' }))).toEqual(['@a'])
    expect(names(await list({ search: '小林' }))).toEqual(['@b', '@a'])
    expect(names(await list({ search: '100%' }))).toEqual([])
  })
})

it('two conversations of merged rooms become one, which keeps that a person is requested', async () => {
  const [one, two] = [
    await givenRoom(database.db, { robotId, name: '甲', username: '@@one' }),
    await givenRoom(database.db, { robotId, name: '乙', username: '@@two' }),
  ]
  await write({ roomId: one })
  await write({ roomId: two })
  const from = (await read()).find(({ roomId }) => roomId === two)!
  await change((tx) => requestHandover(tx, from, { source: 'keyword' }))
  await change(async (tx) => {
    await lockRooms(tx, { robotId })
    await mergeRooms(tx, { robotId, fromId: two, intoId: one })
  })
  expect(await read()).toMatchObject([
    { roomId: one, state: 'waiting', unreadCount: 2, lastMessageId: from.lastMessageId },
  ])
})

it('the migration builds conversations from existing messages, one per room and person', async () => {
  const roomId = await givenRoom(database.db, { robotId, name: '客户群', username: '@@old' })
  for (const from of ['@a', '@a', '@b']) await write({ from })
  await write({ roomId })
  const before = await read()
  await database.db.delete(conversations)
  const migration = await readFile('drizzle/0026_add_conversations.sql', 'utf8')
  await database.db.execute(sql.raw(migration.slice(migration.indexOf('INSERT INTO "conversations"'))))
  const built = await read()
  const keyOf = ({ roomId: room, peerUsername, lastSequence, name }: (typeof built)[number]) => [
    room,
    peerUsername,
    lastSequence,
    name,
  ]
  expect(new Set(built.map(keyOf).map(String))).toEqual(new Set(before.map(keyOf).map(String)))
  expect(built.every(({ state, unreadCount }) => state === 'bot' && unreadCount === 0)).toBe(true)
})

it('a conversation without recent messages is deleted unless a person is concerned', async () => {
  await write({ from: '@a' })
  await write({ from: '@b' })
  const [first] = await read()
  await change((tx) => requestHandover(tx, first!, { source: 'keyword' }))
  await database.db
    .update(conversations)
    .set({ lastMessageAt: sql`now() - interval '9 days'` })
    .where(eq(conversations.robotId, robotId))
  await deleteOldConversations(database.db, { olderThanDays: 8, batchSize: 100 })
  expect(await read()).toMatchObject([{ id: first!.id }])
})
