import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { findTarget } from '@/lib/room/find-target'
import { listBoundRooms, listRooms } from '@/lib/room/list-rooms'
import { markRoomGone } from '@/lib/room/mark-room-gone'
import { setBindings } from '@/lib/room/set-bindings'
import { storeRooms } from '@/lib/room/store-rooms'

let database: TestDatabase
let robotId: string
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db, { agentId: 'agent-100086' })
})

type Names = Record<string, string>
/** Stores rooms, given by name per `@@…`. */
const store = (names: Names, { isComplete = true, wechatId = null as string | null } = {}) =>
  database.db.transaction((tx) => {
    const more = { memberCount: 3, wechatId, headSeq: null, members: null }
    const seen = Object.entries(names).map(([username, name]) => ({ username, name, ...more }))
    return storeRooms(tx, { robotId, isComplete, seen })
  })
const part = { isComplete: false }
const newLogin = () => database.sql`update rooms set username = null where robot_id = ${robotId}`
const names = async () => (await listRooms(database.db, { robotId })).map((room) => room.name)
const boundNames = async () => (await listBoundRooms(database.db, { robotId })).map((room) => room.name)
const target = async (toUser: string) => (await findTarget(database.db, { robotId, toUser, connection: 'web' })).roomId

describe('A9', () => {
  it('a room keeps its id through a rename and a new login, and every previous @@… resolves to it', async () => {
    const first = await store({ '@@a': '甲群' })
    const renamed = await store({ '@@a': '乙群' })
    await newLogin()
    const afterLogin = await store({ '@@b': '乙群' })
    expect(renamed.get('@@a')).toBe(first.get('@@a'))
    expect(afterLogin.get('@@b')).toBe(first.get('@@a'))
    const id = first.get('@@a') ?? ''
    expect(await Promise.all([id, '@@a', '@@b'].map(target))).toEqual([id, id, id])
  })

  it('a room that comes back has its previous id, in the same login and in the next', async () => {
    const first = await store({ '@@a': '甲群', '@@b': '乙群' })
    await store({ '@@a': '甲群' })
    const back = await store({ '@@b': '乙群' }, part)
    expect(back.get('@@b')).toBe(first.get('@@b'))
    await database.db.transaction((tx) => markRoomGone(tx, { robotId, username: '@@b' }))
    await newLogin()
    await store({ '@@c': '甲群' })
    const again = await store({ '@@c': '甲群', '@@d': '乙群' })
    expect(again.get('@@d')).toBe(first.get('@@b'))
  })

  it('a room that WeChat does not describe keeps its name', async () => {
    await store({ '@@a': '甲群' })
    await store({ '@@a': '' })
    await store({ '@@a': '', '@@b': '乙群' }, part)
    expect(await names()).toEqual(['乙群', '甲群'].toSorted())
  })

  it('an @@… that a raw id proves to be another room resolves to that room', async () => {
    await store({ '@@a': '甲群' }, { wechatId: '7@chatroom' })
    await newLogin()
    const assigned = await store({ '@@b': '甲群' })
    const corrected = await store({ '@@b': '甲群' }, { wechatId: '8@chatroom' })
    expect(corrected.get('@@b')).not.toBe(assigned.get('@@b'))
    expect(await target('@@b')).toBe(corrected.get('@@b'))
    await expect(target(assigned.get('@@b') ?? '')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })

  it('to_user of another robot, of a gone room or of no room is not found', async () => {
    const { db } = database
    const id = (await store({ '@@a': '甲群' })).get('@@a') ?? ''
    const foreign = await givenRobot(db)
    await expect(findTarget(db, { robotId: foreign, toUser: id, connection: 'web' })).rejects.toMatchObject({
      code: 'TARGET_NOT_FOUND',
    })
    await store({})
    for (const toUser of [id, '@@a', '@@nothing', 'room_nothing'])
      await expect(target(toUser)).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })
})

describe('A8', () => {
  it('the rule binds a room by its name at each sync and each rename', async () => {
    await store({ '@@a': '售后群100086', '@@b': '闲聊群' })
    expect(await boundNames()).toEqual(['售后群100086'])
    await store({ '@@a': '售后群', '@@b': '闲聊群100086' }, part)
    expect(await boundNames()).toEqual(['闲聊群100086'])
  })

  it("an operator's decision overrides the rule through a rename and a new login, until it is reset", async () => {
    const roomId = (await store({ '@@a': '售后群100086' })).get('@@a') ?? ''
    const bind = (isBound: boolean | null) =>
      database.db.transaction((tx) => setBindings(tx, { robotId, roomIds: [roomId], isBound }))
    await bind(false)
    await store({ '@@a': '新售后群100086' })
    expect(await boundNames()).toEqual([])
    await newLogin()
    await store({ '@@b': '新售后群100086' })
    expect(await boundNames()).toEqual([])
    await bind(null)
    expect(await boundNames()).toEqual(['新售后群100086'])
    await bind(true)
    await store({ '@@b': '不相干的群' })
    expect(await boundNames()).toEqual(['不相干的群'])
  })

  it("an operator's decision overrides the rule that is applied concurrently", async () => {
    const roomId = (await store({ '@@a': '售后群' })).get('@@a') ?? ''
    const { db } = database
    const listLockWaits = () => database.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    // The rule, which would bind the room, starts before the operator's decision is committed and ends after it.
    const { storing } = await db.transaction(async (tx) => {
      await setBindings(tx, { robotId, roomIds: [roomId], isBound: false })
      const applyingRule = store({ '@@a': '售后群100086' }, part)
      await vi.waitFor(async () => expect(await listLockWaits()).toHaveLength(1))
      return { storing: applyingRule }
    })
    await storing
    expect(await boundNames()).toEqual([])
  })

  it('bound rooms are listed with the current @@…', async () => {
    const { db } = database
    const first = await store({ '@@a': '售后群100086' })
    await newLogin()
    expect(await listBoundRooms(db, { robotId })).toEqual([])
    await store({ '@@b': '售后群100086' })
    expect(await listBoundRooms(db, { robotId })).toEqual([
      { id: first.get('@@a'), name: '售后群100086', username: '@@b' },
    ])
  })
})

describe('A10', () => {
  it('a sync marks missing rooms as gone, a single change does not; gone rooms stay stored and are not listed', async () => {
    await store({ '@@a': '甲群100086', '@@b': '乙群100086' })
    await store({ '@@a': '甲群100086' }, part)
    expect(await names()).toHaveLength(2)
    await store({ '@@a': '甲群100086' })
    expect(await names()).toEqual(['甲群100086'])
    expect(await boundNames()).toEqual(['甲群100086'])
    const stored = await database.sql`select name from rooms where robot_id = ${robotId} and gone_at is not null`
    expect(stored).toMatchObject([{ name: '乙群100086' }])
  })
})

describe('E4', () => {
  const stable = (id: string, name: string, isComplete = true) =>
    database.db.transaction((tx) => {
      const seen = { username: id, wechatId: id, name, memberCount: 3, headSeq: '7', members: [['a'], ['b'], ['c']] }
      return storeRooms(tx, { robotId, isComplete, seen: [seen] })
    })

  it('a room with a stable id is keyed by it: another id with the same name, picture and members is another room', async () => {
    const first = await stable('1@chatroom', '甲群')
    const twin = await stable('2@chatroom', '甲群')
    expect(twin.get('2@chatroom')).not.toBe(first.get('1@chatroom'))
    await newLogin()
    const back = await stable('1@chatroom', '改名了', false)
    expect(back.get('1@chatroom')).toBe(first.get('1@chatroom'))
    expect(await database.sql`select 1 from rooms where robot_id = ${robotId} and is_ambiguous`).toHaveLength(0)
  })
})
