import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSealer } from '@/lib/secret'
import { findLoginLink, provideLoginLinks } from '@/lib/session/login-link'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])

async function drop(robotId: string, endReason: 'expired' | 'logged_out' = 'expired'): Promise<void> {
  const at = new Date()
  await givenSession(database.db, { robotId, state: 'ended', endReason, onlineAt: at, endedAt: at })
}
async function givenDropped(columns: Parameters<typeof givenRobot>[1] = {}): Promise<string> {
  const robotId = await givenRobot(database.db, { nickname: '小店', ...columns })
  await drop(robotId)
  return robotId
}
const keyOf = async (robotId: string) =>
  (await provideLoginLinks(database.db, { sealer, robotIds: [robotId] })).get(robotId) ?? ''
const find = (key: string) => findLoginLink(database.db, { key })

it('each message about one drop has the same link, and the database does not hold its key', async () => {
  const robotId = await givenDropped()
  const keys = await Promise.all([keyOf(robotId), keyOf(robotId), keyOf(robotId)])
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^\w{22}$/)
  expect(await find(keys[0] ?? '')).toEqual({ robotId, name: '小店' })
  const rows = await database.sql`select * from login_links`
  expect(JSON.stringify(rows)).not.toContain(keys[0])
})

it('the next drop replaces the link', async () => {
  const robotId = await givenDropped()
  const first = await keyOf(robotId)
  await drop(robotId)
  expect(await find(first)).toBeNull()
  const second = await keyOf(robotId)
  expect(second).not.toBe(first)
  expect([await find(first), await find(second)]).toEqual([null, { robotId, name: '小店' }])
})

it.each([
  ['is online again', (robotId: string) => givenSession(database.db, { robotId, onlineAt: new Date() })],
  ['was online again and logged out', (robotId: string) => drop(robotId, 'logged_out')],
  ['is deleted', (robotId: string) => database.sql`update robots set deleted_at = now() where id = ${robotId}`],
  [
    'has a link older than a day',
    (robotId: string) => database.sql`update login_links set expires_at = now() where robot_id = ${robotId}`,
  ],
])('a link is not found once its robot %s', async (_case, revoke) => {
  const robotId = await givenDropped()
  const key = await keyOf(robotId)
  await revoke(robotId)
  expect(await find(key)).toBeNull()
})

it('a login that ends without a scan leaves the link valid', async () => {
  const robotId = await givenDropped()
  const key = await keyOf(robotId)
  await givenSession(database.db, { robotId, state: 'ended', endReason: 'not_scanned', endedAt: new Date() })
  expect(await find(key)).toEqual({ robotId, name: '小店' })
})

it('an expired link is replaced while the robot is still offline', async () => {
  const robotId = await givenDropped()
  const first = await keyOf(robotId)
  await database.sql`update login_links set expires_at = now() where robot_id = ${robotId}`
  expect(await find(await keyOf(robotId))).not.toBeNull()
  expect(await find(first)).toBeNull()
})

it.each([
  ['that logs in with credentials', async () => givenDropped({ connection: 'wecom_kf' })],
  [
    'that was logged out on request',
    async () => {
      const robotId = await givenRobot(database.db)
      await drop(robotId, 'logged_out')
      return robotId
    },
  ],
  ['that never logged in', async () => givenRobot(database.db)],
  ['that is deleted', async () => givenDropped({ deletedAt: new Date() })],
] as const)('a robot %s has no link', async (_case, given) => {
  expect(await keyOf(await given())).toBe('')
})

it('a link whose key was sealed with a lost key is left out', async () => {
  const robotId = await givenDropped()
  await keyOf(robotId)
  const other = createSealer([{ id: 'k2', key: randomBytes(32) }])
  expect((await provideLoginLinks(database.db, { sealer: other, robotIds: [robotId] })).size).toBe(0)
})
