import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptMessage } from '../message/accept-message'
import { listMessages } from '../message/list-messages'
import { receiveMessage } from '../message/receive-message'
import { tellOfMessage } from '../callback/tell-of-message'
import { givenApplication, givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { decideDoubt } from './decide-doubt'
import { findTarget } from './find-target'
import { listDoubts } from './list-doubts'
import { listBoundRooms } from './list-bound-rooms'
import { listRooms } from './list-rooms'
import { setBindings } from './set-bindings'
import { storeRooms } from './store-rooms'

let database: TestDatabase
let robotId: string
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  const applicationId = await givenApplication(database.db, { callbackUrl: 'http://shop.test/cb' })
  robotId = await givenRobot(database.db, { applicationId })
})

type Room = { username: string; name: string; who?: string; wechatId?: string }
const store = (rooms: Room[], isComplete = true) =>
  database.db.transaction((tx) => {
    const seen = rooms.map(({ who = '', wechatId = null, ...room }) => ({
      ...room,
      headSeq: null,
      wechatId,
      memberCount: who.length + 1,
      members: who ? [...who].map((one) => [one]) : null,
    }))
    return storeRooms(tx, { robotId, isComplete, seen })
  })
const newLogin = () => database.sql`update rooms set username = null where robot_id = ${robotId}`
const decide = (roomId: string, knownRoomId: string | null) =>
  database.db.transaction((tx) => decideDoubt(tx, { robotId, roomId, knownRoomId }))
const doubts = async () =>
  (await listDoubts(database.db, { robotId })).map(({ room, candidates }) => ({
    room: room.id,
    candidates: candidates.map(({ id }) => id).toSorted(),
  }))
const target = async (toUser: string) => (await findTarget(database.db, { robotId, toUser })).roomId
let arrivals = 0
const hear = (roomId: string, text: string) =>
  database.db.transaction(async (tx) => {
    const arrival = { robotId, roomId, wechatId: `m${++arrivals}`, senderUsername: '@x', senderName: '王芳' }
    const stored = await receiveMessage(tx, { ...arrival, type: 'text', text, media: null }, { mediaUrl: String })
    if (stored) await tellOfMessage(tx, { robotId, roomId, nickname: '王芳', ...stored })
  })

/** One known room with a message; after a new login a room of its name, but with other people, and a message in that. */
async function givenDoubt() {
  const known = (await store([{ username: '@@1', name: '老同学', who: 'abcd' }])).get('@@1') ?? ''
  await hear(known, '旧消息')
  await newLogin()
  const held = (await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])).get('@@2') ?? ''
  await hear(held, '新消息')
  return { known, held }
}

describe('A9: a doubtful room', () => {
  it('is held with its candidates, hears, and can be sent to', async () => {
    const { known, held } = await givenDoubt()
    expect(held).not.toBe(known)
    expect(await doubts()).toEqual([{ room: held, candidates: [known] }])
    expect((await listRooms(database.db, { robotId })).map(({ id }) => id)).toEqual([held])
    await givenSession(database.db, { robotId })
    for (const toUser of [held, '@@2'])
      await database.db.transaction((tx) =>
        acceptMessage(tx, { robotId, toUser, type: 'text', content: '在吗', timeoutMs: 9000 }),
      )
    const inRoom = await listMessages(database.db, { robotId, roomId: held, limit: 9 })
    expect(inRoom.map(({ content }) => content)).toEqual(['在吗', '在吗', '新消息'])
  })

  it('is shown side by side: name, members, last message, how many people are in both', async () => {
    const { known } = await givenDoubt()
    const [doubt] = await listDoubts(database.db, { robotId })
    expect(doubt?.room).toMatchObject({ name: '老同学', memberCount: 5, lastMessage: { content: '新消息' } })
    expect(doubt?.candidates).toMatchObject([{ id: known, sharedCount: 0, lastMessage: { content: '旧消息' } }])
    expect(doubt?.room).not.toHaveProperty('members')
  })

  it('"it is this one": the known id takes over its @@…, messages and callbacks; its own id goes on to find it', async () => {
    const { known, held } = await givenDoubt()
    expect(await decide(held, known)).toEqual({ roomId: known })
    expect(await Promise.all([known, held, '@@1', '@@2'].map(target))).toEqual([known, known, known, known])
    const told = await listMessages(database.db, { robotId, roomId: known, limit: 9 })
    expect(told.map(({ content }) => content)).toEqual(['新消息', '旧消息'])
    const events = await database.sql`select room_id from callback_events where robot_id = ${robotId}`
    expect(events.map((event) => event['room_id'])).toEqual([known, known])
    expect(await listRooms(database.db, { robotId })).toMatchObject([{ id: known, username: '@@2', memberCount: 5 }])
    expect(await doubts()).toEqual([])
    const next = await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])
    expect(next.get('@@2')).toBe(known)
  })

  it('"it is new": it keeps its id and is not asked about again', async () => {
    const { known, held } = await givenDoubt()
    expect(await decide(held, null)).toEqual({ roomId: held })
    await store([{ username: '@@2', name: '老同学', who: 'abcd' }])
    expect(await doubts()).toEqual([])
    expect(await target('@@2')).toBe(held)
    await expect(decide(held, known)).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })

  it('of two alike: what is decided for one is no longer offered for the other', async () => {
    const pair = (first: string, second: string) => [
      { username: first, name: '同名群' },
      { username: second, name: '同名群' },
    ]
    const known = await store(pair('@@1', '@@2'))
    await newLogin()
    const held = await store(pair('@@3', '@@4'))
    const ids = (rooms: Map<string, string>) => [...rooms.values()]
    const [a = '', b = ''] = ids(known)
    const [c = '', d = ''] = ids(held)
    expect(new Set([a, b, c, d]).size).toBe(4)
    expect(await doubts()).toEqual([c, d].toSorted().map((room) => ({ room, candidates: [a, b].toSorted() })))
    await decide(c, b)
    expect(await doubts()).toEqual([{ room: d, candidates: [a] }])
    await expect(decide(d, b)).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
    await expect(decide(c, a)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await decide(d, a)
    expect(await Promise.all(['@@1', '@@2', '@@3', '@@4'].map(target))).toEqual([a, b, b, a])
  })

  it('better evidence ends it without an operator: the raw id, or the complete list', async () => {
    const known = await store([
      { username: '@@1', name: '甲群', wechatId: '7@chatroom' },
      { username: '@@2', name: '乙群', who: 'abcdef' },
    ])
    await newLogin()
    const held = await store([{ username: '@@3', name: '甲群' }], false)
    await store([{ username: '@@4', name: '新乙群', who: 'abcdef' }], false)
    expect(await doubts()).toHaveLength(2)
    await store([{ username: '@@3', name: '甲群', wechatId: '7@chatroom' }], false)
    expect(await target(held.get('@@3') ?? '')).toBe(known.get('@@1'))
    await store([
      { username: '@@3', name: '甲群', wechatId: '7@chatroom' },
      { username: '@@4', name: '新乙群', who: 'abcdef' },
    ])
    expect(await target('@@4')).toBe(known.get('@@2'))
    expect(await doubts()).toEqual([])
  })

  it('a raw id that is none of the candidates ends it too', async () => {
    await store([{ username: '@@1', name: '甲群', wechatId: '7@chatroom' }])
    await newLogin()
    const held = await store([{ username: '@@2', name: '甲群' }], false)
    expect(await doubts()).toHaveLength(1)
    const told = await store([{ username: '@@2', name: '甲群', wechatId: '8@chatroom' }], false)
    expect(told).toEqual(held)
    expect(await doubts()).toEqual([])
  })

  it.each([
    ['the known room has one by hand: it stands', true, false, true],
    ['only the held one has: it goes along', null, true, true],
    ['neither has: the rule says', null, null, false],
  ])('bindings when it is this one: %s', async (_title, ofKnown, ofHeld, expected) => {
    const known = (await store([{ username: '@@1', name: '老同学', who: 'abcd' }])).get('@@1') ?? ''
    const bind = (roomId: string, isBound: boolean) =>
      database.db.transaction((tx) => setBindings(tx, { robotId, roomIds: [roomId], isBound }))
    if (ofKnown !== null) await bind(known, ofKnown)
    await newLogin()
    const held = (await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])).get('@@2') ?? ''
    if (ofHeld !== null) await bind(held, ofHeld)
    await decide(held, known)
    expect((await listBoundRooms(database.db, { robotId })).map(({ id }) => id)).toEqual(expected ? [known] : [])
  })

  it('a message accepted at the moment of the decision is not lost', async () => {
    const { known, held } = await givenDoubt()
    await givenSession(database.db, { robotId })
    const send = (content: string) =>
      database.db.transaction((tx) =>
        acceptMessage(tx, { robotId, toUser: held, type: 'text', content, timeoutMs: 9000 }),
      )
    const texts = ['一', '二', '三', '四', '五', '六']
    await Promise.all([...texts.slice(0, 3).map(send), decide(held, known), ...texts.slice(3).map(send)])
    const told = await listMessages(database.db, { robotId, roomId: known, limit: 9 })
    expect(told.map(({ content }) => content).toSorted()).toEqual([...texts, '旧消息', '新消息'].toSorted())
  })

  it("another robot's room cannot be decided on", async () => {
    const { held, known } = await givenDoubt()
    const foreign = await givenRobot(database.db)
    const decision = database.db.transaction((tx) =>
      decideDoubt(tx, { robotId: foreign, roomId: held, knownRoomId: known }),
    )
    await expect(decision).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
