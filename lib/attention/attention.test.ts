import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applications, tokens } from '@/lib/db/schema/application'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { roomCandidates, rooms } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { dismissAttention, restoreAttention } from '@/lib/attention/dismissals'
import { listEndingTokens } from '@/lib/attention/list-ending-tokens'
import { listFailedQuns } from '@/lib/attention/list-failed-quns'
import { listRobotsWithAmbiguities, listUnknownSends } from '@/lib/attention/list-robot-issues'
import { listOfflineRobots } from '@/lib/attention/list-offline-robots'

let database: TestDatabase
let db: TestDatabase['db']
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database?.drop())
beforeEach(() => database.sql`truncate applications cascade`)

const hours = (count: number) => sql`clock_timestamp() + make_interval(hours => ${count})` as never
const ids = ({ rows }: { rows: { id: string }[] }) => rows.map(({ id }) => id)
const limit = 2

async function givenEnd(
  robotId: string,
  endReason: 'expired' | 'logged_out' | 'cancelled' | 'not_scanned',
  hoursAgo: number,
) {
  const at = hours(-hoursAgo)
  const onlineAt = endReason === 'not_scanned' || endReason === 'cancelled' ? null : at
  const times = { onlineAt, endedAt: at, stateChangedAt: at, createdAt: at }
  await givenSession(db, { robotId, state: 'ended', endReason, ...times })
}

async function givenQun(robotId: string, columns: Partial<typeof quns.$inferInsert> = {}) {
  const id = newId('qun')
  const texts = { number: id, groupCode: id, ownerName: '王老板', ownerKey: 'k', name: '团购群' }
  await db.insert(quns).values({ id, robotId, ...texts, ...columns })
  return id
}

describe('listOfflineRobots', () => {
  it('lists sessions of the last week that ended without a request, latest first, with the total', async () => {
    const [old, lost, later, latest] = [
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db),
    ]
    await givenEnd(old, 'expired', 8 * 24)
    await givenEnd(lost, 'expired', 20)
    await givenEnd(later, 'expired', 5)
    await givenEnd(latest, 'expired', 1)
    const { lost: issues } = await listOfflineRobots(db, { limit })
    expect(issues.total).toBe(3)
    expect(issues.rows).toMatchObject([
      { id: latest, status: 'offline', endReason: 'expired' },
      { id: later, sinceMs: expect.any(Number) },
    ])
  })

  it('omits robots that were logged out by request, are online again, or were deleted', async () => {
    const [requested, back, again, deleted] = [
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db, { deletedAt: new Date() }),
    ]
    await givenEnd(requested, 'expired', 5)
    await givenEnd(requested, 'logged_out', 1)
    await givenEnd(back, 'expired', 1)
    await givenSession(db, { robotId: back })
    await givenEnd(again, 'expired', 1)
    await givenSession(db, { robotId: again, state: 'reconnecting' })
    await givenEnd(deleted, 'expired', 1)
    const { lost, scan, absent } = await listOfflineRobots(db, { limit })
    expect([lost.total, scan.total, absent.total]).toEqual([0, 0, 0])
  })

  it('omits robots that were never online, and keeps a lost one after a failed login', async () => {
    const [never, lost] = [await givenRobot(db), await givenRobot(db)]
    await givenEnd(never, 'not_scanned', 1)
    await givenEnd(lost, 'expired', 5)
    await givenEnd(lost, 'not_scanned', 1)
    const { lost: issues } = await listOfflineRobots(db, { limit })
    expect([issues.total, ids(issues), issues.rows[0]?.endReason]).toEqual([1, [lost], 'expired'])
  })

  it('omits a dismissed robot until its session is lost again', async () => {
    const robotId = await givenRobot(db)
    await givenEnd(robotId, 'expired', 5)
    const read = async () => (await listOfflineRobots(db, { limit })).lost
    const state = (await read()).rows[0]?.state ?? ''
    const dismiss = () => db.transaction((tx) => dismissAttention(tx, { kind: 'lost', targetId: robotId, state }))
    await dismiss()
    expect(await read()).toEqual({ total: 0, rows: [] })
    await db.transaction((tx) => restoreAttention(tx, { kind: 'lost', targetId: robotId }))
    expect((await read()).total).toBe(1)
    await dismiss()
    await givenEnd(robotId, 'expired', 1)
    expect(ids(await read())).toEqual([robotId])
  })

  it('lists logins that wait for a phone, from their start', async () => {
    const [starting, confirming] = [await givenRobot(db), await givenRobot(db)]
    await givenSession(db, { robotId: starting, state: 'starting', stateChangedAt: hours(-2) })
    await givenSession(db, { robotId: confirming, state: 'waiting_confirm', stateChangedAt: hours(-1) })
    const account = await givenRobot(db, { connection: 'wecom_kf' })
    await givenSession(db, { robotId: account, state: 'starting', stateChangedAt: hours(-1) })
    const { scan } = await listOfflineRobots(db, { limit })
    expect(scan.rows.map(({ id, status }) => [id, status])).toEqual([
      [confirming, 'waiting_confirm'],
      [starting, 'waiting_scan'],
    ])
  })

  it('lists offline assistants with open quns for every end reason, most quns first', async () => {
    const [few, many, idle, online] = [
      await givenRobot(db, { isAssistant: true }),
      await givenRobot(db, { isAssistant: true }),
      await givenRobot(db, { isAssistant: true }),
      await givenRobot(db, { isAssistant: true }),
    ]
    await givenSession(db, { robotId: online })
    await givenEnd(few, 'logged_out', 30 * 24)
    for (const robotId of [few, many, many, online]) await givenQun(robotId)
    await givenQun(idle, { state: 'closed' })
    const { absent, lost } = await listOfflineRobots(db, { limit })
    expect(absent.rows).toMatchObject([
      { id: many, qunCount: 2, sinceMs: null },
      { id: few, qunCount: 1, sinceMs: expect.any(Number) },
    ])
    expect(lost.total).toBe(0)
  })
})

it('counts the sends of the last day with an unknown outcome, per robot', async () => {
  const [one, two] = [await givenRobot(db), await givenRobot(db)]
  const send = (robotId: string, state: 'unknown' | 'refused', hoursAgo: number) =>
    db.insert(messages).values({
      id: newId('message'),
      robotId,
      state,
      direction: 'out',
      type: 'text',
      content: '你好',
      finishedAt: hours(-hoursAgo),
    })
  await send(one, 'unknown', 2)
  await send(one, 'unknown', 3)
  await send(one, 'refused', 1)
  await send(two, 'unknown', 30)
  const issues = await listUnknownSends(db, { limit })
  expect(issues).toMatchObject({ total: 1, rows: [{ id: one, count: 2 }] })
})

it('counts ambiguous room matches per robot, without rooms that are gone', async () => {
  const robotId = await givenRobot(db)
  const known = await givenRoom(db, { robotId, name: '老同学', username: '@@1' })
  const ambiguity = async (username: string, goneAt: Date | null) => {
    const roomId = await givenRoom(db, { robotId, name: '老同学', username })
    await db.insert(roomCandidates).values({ roomId, candidateId: known })
    await db
      .update(rooms)
      .set({ isAmbiguous: true, goneAt })
      .where(sql`id = ${roomId}`)
  }
  await ambiguity('@@2', null)
  await ambiguity('@@3', null)
  await ambiguity('@@4', new Date())
  expect(await listRobotsWithAmbiguities(db, { limit })).toMatchObject({ total: 1, rows: [{ id: robotId, count: 2 }] })
})

it('lists quns whose room could not be created, oldest first', async () => {
  const robotId = await givenRobot(db, { isAssistant: true })
  const failure = '微信拒绝建群'
  const later = await givenQun(robotId, { failure, createdAt: hours(-1) })
  const first = await givenQun(robotId, { failure, createdAt: hours(-2) })
  await givenQun(robotId)
  await givenQun(robotId, { failure, state: 'closed' })
  const issues = await listFailedQuns(db, { limit })
  expect([issues.total, ids(issues), issues.rows[0]?.failure]).toEqual([2, [first, later], failure])
})

it('lists valid tokens without a successor that expire within a week', async () => {
  const applicationId = await givenApplication(db, { name: '云商城' })
  const give = async (hoursLeft: number | null, columns: Partial<typeof tokens.$inferInsert> = {}) => {
    const id = newId('token')
    const expiresAt = hoursLeft === null ? null : hours(hoursLeft)
    await db.insert(tokens).values({ id, applicationId, name: id, hash: id, lastFour: '0000', expiresAt, ...columns })
    return id
  }
  const endless = await give(null)
  const [later, soon] = [await give(100), await give(10)]
  await give(-1)
  await give(8 * 24)
  await give(5, { revokedAt: new Date() })
  await give(5, { replacedById: endless })
  const issues = await listEndingTokens(db, { limit })
  expect([issues.total, ids(issues), issues.rows[0]?.applicationName]).toEqual([2, [soon, later], '云商城'])
  await db.update(applications).set({ disabledAt: new Date() })
  expect((await listEndingTokens(db, { limit })).total).toBe(0)
})

it('omits dismissed sends, rooms, quns and tokens until their state changes', async () => {
  const robotId = await givenRobot(db)
  const applicationId = await givenApplication(db)
  const send = () =>
    db.insert(messages).values({
      id: newId('message'),
      robotId,
      state: 'unknown',
      direction: 'out',
      type: 'text',
      content: '你好',
      finishedAt: hours(0),
    })
  const ambiguity = async (username: string) => {
    const roomId = await givenRoom(db, { robotId, name: '群', username })
    await db.insert(roomCandidates).values({ roomId, candidateId: roomId })
    await db
      .update(rooms)
      .set({ isAmbiguous: true })
      .where(sql`id = ${roomId}`)
  }
  const tokenId = newId('token')
  const qunId = await givenQun(robotId, { failure: '微信拒绝建群' })
  await send()
  await ambiguity('@@1')
  await db
    .insert(tokens)
    .values({ id: tokenId, applicationId, name: 't', hash: tokenId, lastFour: '0000', expiresAt: hours(10) })
  const lists = {
    unknown: listUnknownSends,
    ambiguity: listRobotsWithAmbiguities,
    qun: listFailedQuns,
    token: listEndingTokens,
  }
  const totals = async () => Promise.all(Object.values(lists).map(async (list) => (await list(db, { limit })).total))
  expect(await totals()).toEqual([1, 1, 1, 1])
  for (const [kind, list] of Object.entries(lists)) {
    const [row] = (await list(db, { limit })).rows
    const seen = { kind: kind as keyof typeof lists, targetId: row?.id ?? '', state: row?.state ?? '' }
    await db.transaction((tx) => dismissAttention(tx, seen))
  }
  expect(await totals()).toEqual([0, 0, 0, 0])
  await send()
  await ambiguity('@@2')
  await db
    .update(quns)
    .set({ failure: '连不上微信' })
    .where(sql`id = ${qunId}`)
  await db.update(tokens).set({ expiresAt: hours(20) })
  expect(await totals()).toEqual([1, 1, 1, 1])
})
