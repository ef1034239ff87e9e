import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listRobotsBoundByName } from '@/lib/attention/list-robot-issues'
import { bindings, rooms } from '@/lib/db/schema/room'
import { robots } from '@/lib/db/schema/robot'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { countRooms } from '@/lib/room/list-rooms'
import { refreshBindings } from '@/lib/room/refresh-bindings'
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
  await see({ '@@1': '门店 100086', '@@2': '闲聊' }, { isComplete: true })
})

/** Stores rooms as WeChat reports them, by name per `@@…`. */
async function see(names: Record<string, string>, { isComplete = false } = {}): Promise<void> {
  const evidence = { memberCount: 3, wechatId: null, headSeq: null, members: null }
  const seen = Object.entries(names).map(([username, name]) => ({ username, name, ...evidence }))
  await database.db.transaction((tx) => storeRooms(tx, { robotId, seen, isComplete }))
}
/** Returns the bound rooms by name, and whether an operator still has to review each. */
async function bound(): Promise<Record<string, boolean>> {
  const rows = await database.db
    .select({ name: rooms.name, isBound: bindings.isBound, isUnreviewed: bindings.isUnreviewed })
    .from(bindings)
    .innerJoin(rooms, eq(rooms.id, bindings.roomId))
    .where(eq(rooms.robotId, robotId))
  return Object.fromEntries(
    rows.flatMap(({ name, ...binding }) => (binding.isBound ? [[name, binding.isUnreviewed]] : [])),
  )
}
const unreviewedCount = async () => {
  const { rows } = await listRobotsBoundByName(database.db, { limit: 100 })
  return rows.find(({ id }) => id === robotId)?.count ?? 0
}

it('A8: rooms of the first list are bound without review', async () => {
  expect(await bound()).toEqual({ '门店 100086': false })
  expect(await unreviewedCount()).toBe(0)
})

it('A8: a room that appears later or is renamed to match is bound and listed for review', async () => {
  await see({ '@@3': '陌生人 100086' })
  await see({ '@@2': '闲聊 100086' })
  expect(await bound()).toEqual({ '门店 100086': false, '陌生人 100086': true, '闲聊 100086': true })
  expect(await unreviewedCount()).toBe(2)
  expect(await countRooms(database.db, { robotId })).toEqual({ all: 3, bound: 3, unreviewed: 2 })
  await see({ '@@2': '闲聊' })
  expect(await unreviewedCount()).toBe(1)
})

it('A8: a room that appeared while the robot was offline is bound and listed for review', async () => {
  await see({ '@@1': '门店 100086', '@@2': '闲聊', '@@3': '陌生人 100086' }, { isComplete: true })
  expect(await bound()).toEqual({ '门店 100086': false, '陌生人 100086': true })
})

it('a new agent_id binds known rooms without review, because their names existed before', async () => {
  await database.db.update(robots).set({ agentId: '闲聊' }).where(eq(robots.id, robotId))
  await database.db.transaction((tx) => refreshBindings(tx, { robotId }))
  expect(await bound()).toEqual({ 闲聊: false })
})

it.each([true, false, null])('an operator’s decision (%j) ends the review', async (isBound) => {
  await see({ '@@3': '陌生人 100086' })
  const isRoom = and(eq(rooms.robotId, robotId), eq(rooms.username, '@@3'))
  const roomIds = (await database.db.select({ id: rooms.id }).from(rooms).where(isRoom)).map(({ id }) => id)
  await database.db.transaction((tx) => setBindings(tx, { robotId, roomIds, isBound }))
  expect(await unreviewedCount()).toBe(0)
  await see({ '@@3': '陌生人 100086' })
  expect(await unreviewedCount()).toBe(0)
})
