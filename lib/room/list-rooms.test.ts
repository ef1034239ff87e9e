import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rooms } from '@/lib/db/schema/room'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listRoomPage } from '@/lib/room/list-rooms'
import { refreshBindings } from '@/lib/room/refresh-bindings'
import { setBindings } from '@/lib/room/set-bindings'

let database: TestDatabase
let robotId: string
const idOf: Record<string, string> = {}
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  robotId = await givenRobot(db, { agentId: 'agent-100086' })
  await givenRoom(db, { robotId: await givenRobot(db), name: '别家 100086', username: '@@9' })
  for (const [index, name] of ['甲 100086', '乙 50%', '丙', '丁', '旧'].entries()) {
    idOf[name] = await givenRoom(db, { robotId, name, username: `@@${index}` })
    await db.update(rooms).set({ memberCount: index }).where(eq(rooms.id, idOf[name]))
  }
  await db.transaction(async (tx) => {
    await refreshBindings(tx, { robotId })
    await setBindings(tx, { robotId, roomIds: [idOf['乙 50%'] ?? ''], isBound: true })
    await setBindings(tx, { robotId, roomIds: [idOf['丙'] ?? ''], isBound: false })
    await tx
      .update(rooms)
      .set({ isAmbiguous: true })
      .where(eq(rooms.id, idOf['丁'] ?? ''))
    await tx
      .update(rooms)
      .set({ goneAt: new Date() })
      .where(eq(rooms.id, idOf['旧'] ?? ''))
  })
})
afterAll(() => database.drop())

type Filters = Partial<Parameters<typeof listRoomPage>[1]>
const list = (filters: Filters = {}) =>
  listRoomPage(database.db, { offset: 0, limit: 50, sort: { by: 'members', isDescending: false }, robotId, ...filters })
const names = async (filters: Filters) => (await list(filters)).rows.map(({ name }) => name)

describe('listRoomPage', () => {
  it.each([
    [undefined, ['甲 100086', '乙 50%', '丙', '丁']],
    ['bound', ['甲 100086', '乙 50%']],
    ['unbound', ['丙', '丁']],
    ['by_rule', ['甲 100086']],
    ['by_hand', ['乙 50%', '丙']],
    ['ambiguous', ['丁']],
    ['gone', ['旧']],
  ] as const)('returns only rooms of kind %s', async (kind, expected) => {
    expect(await names({ kind })).toEqual(expected)
  })

  it.each([
    ['%', ['乙 50%']],
    ['100086', ['甲 100086']],
    ['_', []],
  ])('matches %j literally', async (search, expected) => {
    expect(await names({ search })).toEqual(expected)
  })

  it('finds a room by its complete id, and pages in the requested order', async () => {
    expect(await names({ search: idOf['丙'] })).toEqual(['丙'])
    const page = await list({ offset: 1, limit: 2, sort: { by: 'members', isDescending: true } })
    expect([page.rows.map(({ name }) => name), page.total]).toEqual([['丙', '乙 50%'], 4])
  })
})
