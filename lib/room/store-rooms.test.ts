import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { findTarget } from './find-target'
import { listBoundRooms } from './list-bound-rooms'
import { listRooms } from './list-rooms'
import { markRoomGone } from './mark-room-gone'
import { setBindings } from './set-bindings'
import { storeRooms } from './store-rooms'

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
/** Stores rooms given as `@@…` → name. */
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
const target = async (toUser: string) => (await findTarget(database.db, { robotId, toUser })).roomId

describe('A9', () => {
  it('a room keeps its id through a rename and a new login, and every @@… it had finds it', async () => {
    const first = await store({ '@@a': '甲群' })
    const renamed = await store({ '@@a': '乙群' })
    await newLogin()
    const afterLogin = await store({ '@@b': '乙群' })
    expect(renamed.get('@@a')).toBe(first.get('@@a'))
    expect(afterLogin.get('@@b')).toBe(first.get('@@a'))
    const id = first.get('@@a') ?? ''
    expect(await Promise.all([id, '@@a', '@@b'].map(target))).toEqual([id, id, id])
  })

  it('a room that left and is back has its old id, in the same login and in the next', async () => {
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

  it('a room that WeChat does not describe keeps the name it had', async () => {
    await store({ '@@a': '甲群' })
    await store({ '@@a': '' })
    await store({ '@@a': '', '@@b': '乙群' }, part)
    expect(await names()).toEqual(['乙群', '甲群'].toSorted())
  })

  it('an @@… that a raw id shows to be another room is that one from then on', async () => {
    await store({ '@@a': '甲群' }, { wechatId: '7@chatroom' })
    await newLogin()
    const guessed = await store({ '@@b': '甲群' })
    const told = await store({ '@@b': '甲群' }, { wechatId: '8@chatroom' })
    expect(told.get('@@b')).not.toBe(guessed.get('@@b'))
    expect(await target('@@b')).toBe(told.get('@@b'))
    await expect(target(guessed.get('@@b') ?? '')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })

  it('to_user of another robot, of a room that is gone, of nothing: not found', async () => {
    const { db } = database
    const id = (await store({ '@@a': '甲群' })).get('@@a') ?? ''
    const foreign = await givenRobot(db)
    await expect(findTarget(db, { robotId: foreign, toUser: id })).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
    await store({})
    for (const toUser of [id, '@@a', '@@nothing', 'room_nothing'])
      await expect(target(toUser)).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })
})

describe('A8', () => {
  it('a room is bound by its name at each sync and each rename seen', async () => {
    await store({ '@@a': '售后群100086', '@@b': '闲聊群' })
    expect(await boundNames()).toEqual(['售后群100086'])
    await store({ '@@a': '售后群', '@@b': '闲聊群100086' }, part)
    expect(await boundNames()).toEqual(['闲聊群100086'])
  })

  it('an operator beats the rule, through a rename and a new login, until the room is given back', async () => {
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

  it('an operator beats the rule that is being applied at the same moment', async () => {
    const roomId = (await store({ '@@a': '售后群' })).get('@@a') ?? ''
    const { db } = database
    const isAnyWaiting = () => database.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    // The rule, which says "bound", begins before the operator's word is committed and ends after.
    const { storing } = await db.transaction(async (tx) => {
      await setBindings(tx, { robotId, roomIds: [roomId], isBound: false })
      const byRule = store({ '@@a': '售后群100086' }, part)
      await vi.waitFor(async () => expect(await isAnyWaiting()).toHaveLength(1))
      return { storing: byRule }
    })
    await storing
    expect(await boundNames()).toEqual([])
  })

  it('bound rooms are listed with the @@… of now', async () => {
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
  it('a sync marks what is not in it gone, one change does not; what is gone stays stored and is not listed', async () => {
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
