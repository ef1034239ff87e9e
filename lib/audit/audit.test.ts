import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator } from '../operator/create-operator'
import { givenApplication, givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { changedFields } from './changed-fields'
import { listActors } from './list-actors'
import { listAudit } from './list-audit'
import { nameThings } from './name-things'
import { recordAudit } from './record-audit'

let database: TestDatabase
let shop: string
let robot: string
beforeAll(async () => {
  database = await createTestDatabase()
  shop = await givenApplication(database.db, { name: '云商城' })
  robot = await givenRobot(database.db, { applicationId: shop, nickname: '小微' })
  const byCli = { actor: 'cli', peerAddress: '::1' }
  const email = 'gone@wxbot.test'
  await recordAudit(database.db, { ...byCli, action: 'application.create', targetId: shop })
  await recordAudit(database.db, { ...byCli, action: 'application.update', targetId: shop })
  await recordAudit(database.db, { actor: 'operator:op_1', action: 'robot.login', targetId: robot })
  await recordAudit(database.db, { ...byCli, action: 'operator.remove', targetId: 'op_gone', detail: { email } })
  // A minute apart: a moment in JavaScript is coarser than the database's.
  await database.sql`update audit_entries set at = now() + make_interval(mins => id::int)`
})
afterAll(() => database.drop())

const list = (wanted: Partial<Parameters<typeof listAudit>[1]> = {}) =>
  listAudit(database.db, { offset: 0, limit: 50, ...wanted })
const actions = async (wanted: Parameters<typeof list>[0]) => (await list(wanted)).rows.map(({ action }) => action)

describe('listAudit', () => {
  it('pages through all, newest first', async () => {
    const page = await list({ offset: 2, limit: 1 })
    expect(page).toMatchObject({ rows: [{ action: 'application.update', actor: 'cli', peerAddress: '::1' }], total: 4 })
  })

  it('lists by whom, what and when', async () => {
    expect(await actions({ actor: 'operator:op_1' })).toEqual(['robot.login'])
    expect(await actions({ action: 'application.update', actor: 'cli' })).toEqual(['application.update'])
    const [newest, second] = (await list()).rows
    const between = new Date((newest!.at.getTime() + second!.at.getTime()) / 2)
    expect(await actions({ since: between })).toEqual(['operator.remove'])
    expect(await actions({ until: between })).toHaveLength(3)
  })

  it('finds what was done to a thing by its id, its name, or the email of who is gone', async () => {
    expect(await actions({ search: shop })).toEqual(['application.update', 'application.create'])
    expect(await actions({ search: '商城' })).toEqual(['application.update', 'application.create'])
    expect(await actions({ search: '小微' })).toEqual(['robot.login'])
    expect(await actions({ search: 'gone@' })).toEqual(['operator.remove'])
    expect(await actions({ search: '%' })).toEqual([])
  })

  it('tells who there is to choose from', async () => {
    expect(await listActors(database.db)).toEqual(['cli', 'operator:op_1'])
  })
})

describe('nameThings', () => {
  it('names things of every kind, and operators who were removed', async () => {
    const { operatorId } = await createOperator(database.db, { email: 'here@wxbot.test', password: 'correct horse' })
    const named = await nameThings(database.db, { ids: [shop, robot, operatorId, 'op_gone', 'app_none'] })
    expect(named.sort((a, b) => a.name.localeCompare(b.name, 'en'))).toEqual([
      { id: 'op_gone', name: 'gone@wxbot.test', ownerId: null, isGone: true },
      { id: operatorId, name: 'here@wxbot.test', ownerId: null, isGone: false },
      { id: shop, name: '云商城', ownerId: null, isGone: false },
      { id: robot, name: '小微', ownerId: shop, isGone: false },
    ])
    expect(await nameThings(database.db, { ids: [] })).toEqual([])
  })
})

it('says of what changed only from what to what', () => {
  const before = { name: 'a', events: ['x'], at: new Date(0) }
  const after = { name: 'b', events: ['x'], at: new Date(0) }
  expect(changedFields(before, after, ['name', 'events', 'at'])).toEqual({ name: { from: 'a', to: 'b' } })
})
