import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listBoundRooms } from './list-bound-rooms'
import { listRooms } from './list-rooms'
import { setBinding } from './set-binding'
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
const store = (names: Names, isComplete = true) =>
  database.db.transaction((tx) =>
    storeRooms(tx, {
      robotId,
      isComplete,
      seen: Object.entries(names).map(([username, name]) => ({ username, name, memberCount: 3, wechatId: null })),
    }),
  )
const forgetUsernames = () => database.sql`update rooms set username = null where robot_id = ${robotId}`
const names = async () => (await listRooms(database.db, { robotId })).map((room) => room.name)
const boundNames = async () => (await listBoundRooms(database.db, { robotId })).map((room) => room.name)

describe('storeRooms', () => {
  it('a room keeps its id through a rename and a new login', async () => {
    const first = await store({ '@@a': '甲群' })
    const renamed = await store({ '@@a': '乙群' })
    await forgetUsernames()
    const afterLogin = await store({ '@@b': '乙群' })
    expect(renamed.get('@@a')).toBe(first.get('@@a'))
    expect(afterLogin.get('@@b')).toBe(first.get('@@a'))
  })

  it('a complete list marks what is not in it gone, a part of it does not', async () => {
    await store({ '@@a': '甲群', '@@b': '乙群' })
    await store({ '@@a': '甲群' }, false)
    expect(await names()).toHaveLength(2)
    await store({ '@@a': '甲群' })
    expect(await names()).toEqual(['甲群'])
  })

  it('a room that is back has its old id', async () => {
    const first = await store({ '@@a': '甲群', '@@b': '乙群' })
    await store({ '@@a': '甲群' })
    const back = await store({ '@@b': '乙群' }, false)
    expect(back.get('@@b')).toBe(first.get('@@b'))
    expect(await names()).toHaveLength(2)
  })

  it('a room that WeChat does not describe keeps the name it had', async () => {
    await store({ '@@a': '甲群' })
    await store({ '@@a': '' })
    await store({ '@@a': '', '@@b': '乙群' }, false)
    expect(await names()).toEqual(['乙群', '甲群'].toSorted())
  })

  it('two rooms of one name get an id each after a new login, none is guessed', async () => {
    const first = await store({ '@@a': '同名群', '@@b': '同名群' })
    await forgetUsernames()
    const second = await store({ '@@c': '同名群', '@@d': '同名群' })
    expect(new Set([...first.values(), ...second.values()]).size).toBe(4)
  })
})

describe('bindings', () => {
  it('follow the agent_id rule at each rename', async () => {
    await store({ '@@a': '售后群100086', '@@b': '闲聊群' })
    expect(await boundNames()).toEqual(['售后群100086'])
    await store({ '@@a': '售后群', '@@b': '闲聊群100086' }, false)
    expect(await boundNames()).toEqual(['闲聊群100086'])
  })

  it('an operator beats the rule until it is given back', async () => {
    const roomId = (await store({ '@@a': '售后群100086' })).get('@@a') ?? ''
    const bind = (isBound: boolean | null) =>
      database.db.transaction((tx) => setBinding(tx, { robotId, roomId, isBound }))
    await bind(false)
    await store({ '@@a': '新售后群100086' })
    expect(await boundNames()).toEqual([])
    await bind(null)
    expect(await boundNames()).toEqual(['新售后群100086'])
  })
})
