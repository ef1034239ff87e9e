import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applications, tokens } from '../db/schema/application'
import { messages } from '../db/schema/message'
import { quns } from '../db/schema/qun'
import { roomCandidates, rooms } from '../db/schema/room'
import { newId } from '../id'
import { givenApplication, givenRobot, givenRoom, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listEndingTokens } from './list-ending-tokens'
import { listFailedQuns } from './list-failed-quns'
import { listRobotsInDoubt } from './list-robots-in-doubt'
import { listRobotsInNeed } from './list-robots-in-need'
import { listUnknownSends } from './list-unknown-sends'

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

async function givenEnd(robotId: string, endReason: 'expired' | 'logged_out' | 'cancelled', hoursAgo: number) {
  const at = hours(-hoursAgo)
  await givenSession(db, { robotId, state: 'ended', endReason, endedAt: at, stateChangedAt: at, createdAt: at })
}

async function givenQun(robotId: string, columns: Partial<typeof quns.$inferInsert> = {}) {
  const id = newId('qun')
  const texts = { number: id, code: id, ownerName: '王老板', ownerKey: 'k', name: '团购群' }
  await db.insert(quns).values({ id, robotId, ...texts, ...columns })
  return id
}

describe('listRobotsInNeed', () => {
  it('tells of logins that ended unasked in the last week, the latest first, and how many there are', async () => {
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
    const { lost: found } = await listRobotsInNeed(db, { limit })
    expect(found.total).toBe(3)
    expect(found.rows).toMatchObject([
      { id: latest, status: 'offline', endReason: 'expired' },
      { id: later, sinceMs: expect.any(Number) },
    ])
  })

  it('leaves those alone that were logged out on purpose, are back, or are deleted', async () => {
    const [asked, back, again, deleted] = [
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db),
      await givenRobot(db, { deletedAt: new Date() }),
    ]
    await givenEnd(asked, 'expired', 5)
    await givenEnd(asked, 'logged_out', 1)
    await givenEnd(back, 'expired', 1)
    await givenSession(db, { robotId: back })
    await givenEnd(again, 'expired', 1)
    await givenSession(db, { robotId: again, state: 'reconnecting' })
    await givenEnd(deleted, 'expired', 1)
    const { lost, scan, absent } = await listRobotsInNeed(db, { limit })
    expect([lost.total, scan.total, absent.total]).toEqual([0, 0, 0])
  })

  it('tells of codes that wait for a phone, from the beginning of the login', async () => {
    const [starting, confirming] = [await givenRobot(db), await givenRobot(db)]
    await givenSession(db, { robotId: starting, state: 'starting', stateChangedAt: hours(-2) })
    await givenSession(db, { robotId: confirming, state: 'waiting_confirm', stateChangedAt: hours(-1) })
    const { scan } = await listRobotsInNeed(db, { limit })
    expect(scan.rows.map(({ id, status }) => [id, status])).toEqual([
      [confirming, 'waiting_confirm'],
      [starting, 'waiting_scan'],
    ])
  })

  it('tells of assistants that quns wait for, however they went, those with the most quns first', async () => {
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
    const { absent, lost } = await listRobotsInNeed(db, { limit })
    expect(absent.rows).toMatchObject([
      { id: many, qunCount: 2, sinceMs: null },
      { id: few, qunCount: 1, sinceMs: expect.any(Number) },
    ])
    expect(lost.total).toBe(0)
  })
})

it('counts the sends of a day that nobody knows the outcome of, by robot', async () => {
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
  const found = await listUnknownSends(db, { limit })
  expect(found).toMatchObject({ total: 1, rows: [{ id: one, count: 2 }] })
})

it('counts rooms to be known again, by robot; those gone meanwhile are not', async () => {
  const robotId = await givenRobot(db)
  const known = await givenRoom(db, { robotId, name: '老同学', username: '@@1' })
  const doubt = async (username: string, goneAt: Date | null) => {
    const roomId = await givenRoom(db, { robotId, name: '老同学', username })
    await db.insert(roomCandidates).values({ roomId, candidateId: known })
    await db
      .update(rooms)
      .set({ isDoubtful: true, goneAt })
      .where(sql`id = ${roomId}`)
  }
  await doubt('@@2', null)
  await doubt('@@3', null)
  await doubt('@@4', new Date())
  expect(await listRobotsInDoubt(db, { limit })).toMatchObject({ total: 1, rows: [{ id: robotId, count: 2 }] })
})

it('tells of quns whose room could not be made, the oldest first', async () => {
  const robotId = await givenRobot(db, { isAssistant: true })
  const failure = '微信拒绝建群'
  const later = await givenQun(robotId, { failure, createdAt: hours(-1) })
  const first = await givenQun(robotId, { failure, createdAt: hours(-2) })
  await givenQun(robotId)
  await givenQun(robotId, { failure, state: 'closed' })
  const found = await listFailedQuns(db, { limit })
  expect([found.total, ids(found), found.rows[0]?.failure]).toEqual([2, [first, later], failure])
})

it('tells of tokens in use that end within a week and have no successor', async () => {
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
  const found = await listEndingTokens(db, { limit })
  expect([found.total, ids(found), found.rows[0]?.applicationName]).toEqual([2, [soon, later], '云商城'])
  await db.update(applications).set({ disabledAt: new Date() })
  expect((await listEndingTokens(db, { limit })).total).toBe(0)
})
