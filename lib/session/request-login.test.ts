import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commands } from '../db/schema/command'
import { robots } from '../db/schema/robot'
import { sessions } from '../db/schema/session'
import { givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { requestLogin } from './request-login'

let database: TestDatabase
let robotId: string
const login = (callbackUrl: string | null = null, agentId: string | null = null) =>
  database.db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl, agentId }))
const storedSessions = () => database.db.select().from(sessions).where(eq(sessions.robotId, robotId))

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
})

describe('requestLogin', () => {
  it('A7: calls at once make one attempt with one link', async () => {
    const attempts = await Promise.all(Array.from({ length: 10 }, () => login()))
    expect(new Set(attempts.map(({ qrKey }) => qrKey)).size).toBe(1)
    expect(await storedSessions()).toHaveLength(1)
    expect(await database.db.select().from(commands).where(eq(commands.robotId, robotId))).toHaveLength(1)
  })

  it.each(['waiting_scan', 'waiting_confirm'] as const)(
    'A7: a second call while %s returns the same link at once and stores the new callback_url and agent_id',
    async (state) => {
      const first = await login('http://example.com/1', '100086')
      await database.db.update(sessions).set({ state, qrContent: 'https://l/1' }).where(eq(sessions.robotId, robotId))
      expect(await login('http://example.com/2', '100111')).toEqual({ ...first, commandId: null })
      expect(await storedSessions()).toMatchObject([{ callbackUrl: 'http://example.com/2' }])
      expect(await database.db.select().from(robots).where(eq(robots.id, robotId))).toMatchObject([
        { agentId: '100111' },
      ])
    },
  )

  it('A7: a call without callback_url and agent_id keeps both', async () => {
    await login('http://example.com/1', '100086')
    await login()
    expect(await storedSessions()).toMatchObject([{ callbackUrl: 'http://example.com/1' }])
    expect(await database.db.select().from(robots).where(eq(robots.id, robotId))).toMatchObject([{ agentId: '100086' }])
  })

  it('A7: an attempt ends after 5 minutes; the next call makes a new link', async () => {
    const first = await login()
    const [attempt] = await storedSessions()
    expect((attempt?.attemptExpiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(290_000)
    expect((attempt?.attemptExpiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(300_000)
    await database.sql`update sessions set attempt_expires_at = now() - interval '1 second' where robot_id = ${robotId}`
    expect((await login()).qrKey).not.toBe(first.qrKey)
    expect((await storedSessions()).map(({ state, endReason }) => [state, endReason])).toEqual(
      expect.arrayContaining([
        ['ended', 'not_scanned'],
        ['starting', null],
      ]),
    )
  })

  it.each(['online', 'reconnecting'] as const)('A5: a robot that is %s is refused', async (state) => {
    await givenSession(database.db, { robotId, state })
    await expect(login()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })
})
