import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator } from '@/lib/operator/create-operator'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { changedFields, recordAudit, recordChange } from '@/lib/audit/record-audit'
import { listActors, listAudit } from '@/lib/audit/list-audit'
import { resolveNames } from '@/lib/audit/resolve-names'
import { recordAuditOnce } from '@/lib/audit/record-audit-once'

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
  // A minute apart, because a JavaScript Date is less precise than a database timestamp.
  await database.sql.unsafe(`alter table audit_entries disable trigger all;
    update audit_entries set at = now() + make_interval(mins => id::int);
    alter table audit_entries enable trigger all`)
})
afterAll(() => database.drop())

const list = (filter: Partial<Parameters<typeof listAudit>[1]> = {}) =>
  listAudit(database.db, { offset: 0, limit: 50, ...filter })
const actions = async (filter: Parameters<typeof list>[0]) => (await list(filter)).rows.map(({ action }) => action)

describe('listAudit', () => {
  it('returns pages, newest first', async () => {
    const page = await list({ offset: 2, limit: 1 })
    expect(page).toMatchObject({ rows: [{ action: 'application.update', actor: 'cli', peerAddress: '::1' }], total: 4 })
  })

  it('filters by actor, action and time', async () => {
    expect(await actions({ actor: 'operator:op_1' })).toEqual(['robot.login'])
    expect(await actions({ action: 'application.update', actor: 'cli' })).toEqual(['application.update'])
    const [newest, second] = (await list()).rows
    const between = new Date((newest!.at.getTime() + second!.at.getTime()) / 2)
    expect(await actions({ since: between })).toEqual(['operator.remove'])
    expect(await actions({ until: between })).toHaveLength(3)
  })

  it("finds entries by the target's id, its name, or the email of a removed operator", async () => {
    expect(await actions({ search: shop })).toEqual(['application.update', 'application.create'])
    expect(await actions({ search: '商城' })).toEqual(['application.update', 'application.create'])
    expect(await actions({ search: '小微' })).toEqual(['robot.login'])
    expect(await actions({ search: 'gone@' })).toEqual(['operator.remove'])
    expect(await actions({ search: '%' })).toEqual([])
  })

  it('finds entries of an action that an earlier version stored with hyphens', async () => {
    const entry = { actor: 'cli', targetId: 'app_old' }
    await recordAudit(database.db, { ...entry, action: 'application.roll-signing-secret' as never })
    await recordAudit(database.db, { ...entry, action: 'application.roll_signing_secret' })
    expect(await actions({ action: 'application.roll_signing_secret' })).toHaveLength(2)
  })

  it('lists all actors', async () => {
    expect(await listActors(database.db)).toEqual(['cli', 'operator:op_1'])
  })
})

describe('resolveNames', () => {
  it('names rows of every kind and removed operators', async () => {
    const { operatorId } = await createOperator(database.db, { email: 'here@wxbot.test', password: 'correct horse' })
    const named = await resolveNames(database.db, { ids: [shop, robot, operatorId, 'op_gone', 'app_none'] })
    expect(named.sort((a, b) => a.name.localeCompare(b.name, 'en'))).toEqual([
      { id: 'op_gone', name: 'gone@wxbot.test', ownerId: null, isGone: true },
      { id: operatorId, name: 'here@wxbot.test', ownerId: null, isGone: false },
      { id: shop, name: '云商城', ownerId: null, isGone: false },
      { id: robot, name: '小微', ownerId: shop, isGone: false },
    ])
    expect(await resolveNames(database.db, { ids: [] })).toEqual([])
  })
})

it('changedFields returns only the changed fields with their previous and new values', () => {
  const before = { name: 'a', events: ['x'], at: new Date(0) }
  const after = { name: 'b', events: ['x'], at: new Date(0) }
  expect(changedFields(before, after, ['name', 'events', 'at'])).toEqual({ name: { from: 'a', to: 'b' } })
})

describe('recordChange', () => {
  const actor = 'cli'
  const change = (targetId: string, before: object, after: object) =>
    recordChange(database.db, { actor, action: 'robot.update', targetId, before: { ...before }, after: { ...after } })
  const details = async (targetId: string) => (await list({ search: targetId })).rows.map(({ detail }) => detail)

  it('records the previous and new value of a changed field, and nothing of an omitted field', async () => {
    await change('rbt_changed', { agentId: null, rate: 5 }, { agentId: 'a', rate: undefined })
    expect(await details('rbt_changed')).toEqual([{ agentId: { from: null, to: 'a' } }])
  })

  it('records no entry if nothing changed', async () => {
    await change('rbt_unchanged', { agentId: 'a', at: new Date(0) }, { agentId: 'a', at: new Date(0) })
    expect(await details('rbt_unchanged')).toEqual([])
  })
})

describe('recordAuditOnce', () => {
  it('records one of many concurrent entries per actor and target, up to the maximum per hour', async () => {
    const record = (number: number, maxPerHour?: number) =>
      recordAuditOnce(database.db, {
        actor: 'operator:op_2',
        action: 'robot.scan_link',
        targetId: `rbt_many${number}`,
        withinSeconds: 60,
        ...(maxPerHour && { maxPerHour }),
      })
    expect((await Promise.all(Array.from({ length: 20 }, () => record(0)))).filter(Boolean)).toHaveLength(1)
    expect([await record(1, 2), await record(2, 2)]).toEqual([true, false])
  })
})
