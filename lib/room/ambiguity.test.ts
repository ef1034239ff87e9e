import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptMessage } from '@/lib/message/accept-message'
import { listMessages } from '@/lib/message/list-messages'
import { receiveMessage, recordMessageReceived } from '@/lib/testing/receive-message'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { resolveAmbiguity } from '@/lib/room/resolve-ambiguity'
import { findTarget } from '@/lib/room/find-target'
import { listAmbiguities } from '@/lib/room/list-ambiguities'
import { listBoundRooms, listRooms } from '@/lib/room/list-rooms'
import { setBindings } from '@/lib/room/set-bindings'
import { storeRooms } from '@/lib/room/store-rooms'

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
  database.db.transaction((tx) => resolveAmbiguity(tx, { robotId, roomId, knownRoomId }))
const ambiguities = async () =>
  (await listAmbiguities(database.db, { robotId })).map(({ room, candidates }) => ({
    room: room.id,
    candidates: candidates.map(({ id }) => id).toSorted(),
  }))
const target = async (toUser: string) => (await findTarget(database.db, { robotId, toUser, connection: 'web' })).roomId
let arrivals = 0
const receive = (roomId: string, text: string) =>
  database.db.transaction(async (tx) => {
    const arrival = { robotId, roomId, wechatId: `m${++arrivals}`, senderUsername: '@x', senderName: '王芳' }
    const stored = await receiveMessage(tx, { ...arrival, type: 'text', text, media: null }, { mediaUrl: String })
    if (stored) await recordMessageReceived(tx, { robotId, roomId, nickname: '王芳', ...stored })
  })

/** One known room with a message; after a new login a room with the same name but other members, and a message in it. */
async function givenAmbiguity() {
  const known = (await store([{ username: '@@1', name: '老同学', who: 'abcd' }])).get('@@1') ?? ''
  await receive(known, '旧消息')
  await newLogin()
  const temporary = (await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])).get('@@2') ?? ''
  await receive(temporary, '新消息')
  return { known, temporary }
}

describe('A9: a room with an ambiguous match', () => {
  it('A9: a room with an ambiguous match has candidates, receives messages and can be sent to', async () => {
    const { known, temporary } = await givenAmbiguity()
    expect(temporary).not.toBe(known)
    expect(await ambiguities()).toEqual([{ room: temporary, candidates: [known] }])
    expect((await listRooms(database.db, { robotId })).map(({ id }) => id)).toEqual([temporary])
    await givenSession(database.db, { robotId })
    for (const toUser of [temporary, '@@2'])
      await database.db.transaction((tx) =>
        acceptMessage(tx, { robotId, toUser, type: 'text', content: '在吗', timeoutMs: 9000 }),
      )
    const inRoom = await listMessages(database.db, { robotId, roomId: temporary, limit: 9 })
    expect(inRoom.map(({ content }) => content)).toEqual(['在吗', '在吗', '新消息'])
  })

  it('A9: a room with an ambiguous match is listed with name, member count, last message and the number of shared members', async () => {
    const { known } = await givenAmbiguity()
    const [ambiguity] = await listAmbiguities(database.db, { robotId })
    expect(ambiguity?.room).toMatchObject({ name: '老同学', memberCount: 5, lastMessage: { content: '新消息' } })
    expect(ambiguity?.candidates).toMatchObject([{ id: known, sharedCount: 0, lastMessage: { content: '旧消息' } }])
    expect(ambiguity?.room).not.toHaveProperty('members')
  })

  it('resolved to a known room: the known id takes over @@…, messages and callbacks, and the temporary id still resolves', async () => {
    const { known, temporary } = await givenAmbiguity()
    expect(await decide(temporary, known)).toEqual({ roomId: known })
    expect(await Promise.all([known, temporary, '@@1', '@@2'].map(target))).toEqual([known, known, known, known])
    const stored = await listMessages(database.db, { robotId, roomId: known, limit: 9 })
    expect(stored.map(({ content }) => content)).toEqual(['新消息', '旧消息'])
    const events = await database.sql`select room_id from callback_events where robot_id = ${robotId}`
    expect(events.map((event) => event['room_id'])).toEqual([known, known])
    expect(await listRooms(database.db, { robotId })).toMatchObject([{ id: known, username: '@@2', memberCount: 5 }])
    expect(await ambiguities()).toEqual([])
    const next = await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])
    expect(next.get('@@2')).toBe(known)
  })

  it('resolved as new: keeps its id and is not offered again', async () => {
    const { known, temporary } = await givenAmbiguity()
    expect(await decide(temporary, null)).toEqual({ roomId: temporary })
    await store([{ username: '@@2', name: '老同学', who: 'abcd' }])
    expect(await ambiguities()).toEqual([])
    expect(await target('@@2')).toBe(temporary)
    await expect(decide(temporary, known)).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })

  it('two rooms with the same candidates: a candidate chosen for one is no longer offered for the other', async () => {
    const pair = (first: string, second: string) => [
      { username: first, name: '同名群' },
      { username: second, name: '同名群' },
    ]
    const known = await store(pair('@@1', '@@2'))
    await newLogin()
    const temporary = await store(pair('@@3', '@@4'))
    const ids = (rooms: Map<string, string>) => [...rooms.values()]
    const [a = '', b = ''] = ids(known)
    const [c = '', d = ''] = ids(temporary)
    expect(new Set([a, b, c, d]).size).toBe(4)
    expect(await ambiguities()).toEqual([c, d].toSorted().map((room) => ({ room, candidates: [a, b].toSorted() })))
    await decide(c, b)
    expect(await ambiguities()).toEqual([{ room: d, candidates: [a] }])
    await expect(decide(d, b)).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
    await expect(decide(c, a)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await decide(d, a)
    expect(await Promise.all(['@@1', '@@2', '@@3', '@@4'].map(target))).toEqual([a, b, b, a])
  })

  it('A9: a room with an ambiguous match is resolved without an operator by the raw id or by a complete list', async () => {
    const known = await store([
      { username: '@@1', name: '甲群', wechatId: '7@chatroom' },
      { username: '@@2', name: '乙群', who: 'abcdef' },
    ])
    await newLogin()
    const temporary = await store([{ username: '@@3', name: '甲群' }], false)
    await store([{ username: '@@4', name: '新乙群', who: 'abcdef' }], false)
    expect(await ambiguities()).toHaveLength(2)
    await store([{ username: '@@3', name: '甲群', wechatId: '7@chatroom' }], false)
    expect(await target(temporary.get('@@3') ?? '')).toBe(known.get('@@1'))
    await store([
      { username: '@@3', name: '甲群', wechatId: '7@chatroom' },
      { username: '@@4', name: '新乙群', who: 'abcdef' },
    ])
    expect(await target('@@4')).toBe(known.get('@@2'))
    expect(await ambiguities()).toEqual([])
  })

  it('A9: a room with an ambiguous match is resolved as new by a raw id that no candidate has', async () => {
    await store([{ username: '@@1', name: '甲群', wechatId: '7@chatroom' }])
    await newLogin()
    const temporary = await store([{ username: '@@2', name: '甲群' }], false)
    expect(await ambiguities()).toHaveLength(1)
    const updated = await store([{ username: '@@2', name: '甲群', wechatId: '8@chatroom' }], false)
    expect(updated).toEqual(temporary)
    expect(await ambiguities()).toEqual([])
  })

  it.each([
    ['the decision on the known room stays', true, false, true],
    ['a decision on the temporary room moves along', null, true, true],
    ['without a decision the rule applies', null, null, false],
  ])('bindings of a room resolved to a known one: %s', async (_title, ofKnown, ofHeld, expected) => {
    const known = (await store([{ username: '@@1', name: '老同学', who: 'abcd' }])).get('@@1') ?? ''
    const bind = (roomId: string, isBound: boolean) =>
      database.db.transaction((tx) => setBindings(tx, { robotId, roomIds: [roomId], isBound }))
    if (ofKnown !== null) await bind(known, ofKnown)
    await newLogin()
    const temporary = (await store([{ username: '@@2', name: '老同学', who: 'wxyz' }])).get('@@2') ?? ''
    if (ofHeld !== null) await bind(temporary, ofHeld)
    await decide(temporary, known)
    expect((await listBoundRooms(database.db, { robotId })).map(({ id }) => id)).toEqual(expected ? [known] : [])
  })

  it('a message accepted during the decision is not lost', async () => {
    const { known, temporary } = await givenAmbiguity()
    await givenSession(database.db, { robotId })
    const send = (content: string) =>
      database.db.transaction((tx) =>
        acceptMessage(tx, { robotId, toUser: temporary, type: 'text', content, timeoutMs: 9000 }),
      )
    const texts = ['一', '二', '三', '四', '五', '六']
    await Promise.all([...texts.slice(0, 3).map(send), decide(temporary, known), ...texts.slice(3).map(send)])
    const stored = await listMessages(database.db, { robotId, roomId: known, limit: 9 })
    expect(stored.map(({ content }) => content).toSorted()).toEqual([...texts, '旧消息', '新消息'].toSorted())
  })

  it("another robot's room cannot be resolved", async () => {
    const { temporary, known } = await givenAmbiguity()
    const foreign = await givenRobot(database.db)
    const decision = database.db.transaction((tx) =>
      resolveAmbiguity(tx, { robotId: foreign, roomId: temporary, knownRoomId: known }),
    )
    await expect(decision).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
