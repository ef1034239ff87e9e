import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commands } from '@/lib/db/schema/command'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { requestLogin } from '@/lib/session/request-login'

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
  it('enforces the maximum of open logins of an application, also for concurrent calls', async () => {
    const applicationId = await givenApplication(database.db)
    const ofOne = await Promise.all(Array.from({ length: 6 }, () => givenRobot(database.db, { applicationId })))
    const request = (id: string) =>
      database.db.transaction((tx) =>
        requestLogin(tx, { robotId: id, callbackUrl: null, agentId: null, maxOpenLogins: 2 }),
      )
    const results = await Promise.allSettled(ofOne.map(request))
    const open = ofOne.filter((_, index) => results[index]?.status === 'fulfilled')
    expect(open).toHaveLength(2)
    const another = ofOne.find((id) => !open.includes(id))!
    await expect(request(another)).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      message: expect.stringMatching(/最多 2/),
    })
    // A login in progress is joined; one that is online or has ended does not count.
    await request(open[0]!)
    await database.db.update(sessions).set({ state: 'online' }).where(eq(sessions.robotId, open[1]!))
    expect(await request(another)).toMatchObject({ commandId: expect.any(String) })
  })

  it('A7: concurrent calls start one login with one link', async () => {
    const logins = await Promise.all(Array.from({ length: 10 }, () => login()))
    expect(new Set(logins.map(({ qrKey }) => qrKey)).size).toBe(1)
    expect(await storedSessions()).toHaveLength(1)
    expect(await database.db.select().from(commands).where(eq(commands.robotId, robotId))).toHaveLength(1)
  })

  it.each(['waiting_scan', 'waiting_confirm'] as const)(
    'A7: a second call while %s returns the same link and stores the new callback_url and agent_id',
    async (state) => {
      const first = await login('http://example.com/1', '100086')
      await database.db.update(sessions).set({ state, qrContent: 'https://l/1' }).where(eq(sessions.robotId, robotId))
      expect(await login('http://example.com/2', '100111')).toEqual({ ...first, commandId: null, isNew: false })
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

  it('A7: a login without a scan ends after 5 minutes; the next call returns a new link', async () => {
    const first = await login()
    const [session] = await storedSessions()
    expect((session?.attemptExpiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(290_000)
    expect((session?.attemptExpiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(300_000)
    await database.sql`update sessions set attempt_expires_at = now() - interval '1 second' where robot_id = ${robotId}`
    expect((await login()).qrKey).not.toBe(first.qrKey)
    expect((await storedSessions()).map(({ state, endReason }) => [state, endReason])).toEqual(
      expect.arrayContaining([
        ['ended', 'not_scanned'],
        ['starting', null],
      ]),
    )
  })

  it.each(['online', 'reconnecting'] as const)('A5: refuses a robot that is %s', async (state) => {
    await givenSession(database.db, { robotId, state })
    await expect(login()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })
})
