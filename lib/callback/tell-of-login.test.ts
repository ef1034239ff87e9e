import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callbackEvents } from '../db/schema/callback'
import { givenApplication, givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { tellOfLogin } from './tell-of-login'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('a login with a link is told of by GET, its own query first', async () => {
  const { db } = database
  const robotId = await givenRobot(db, { username: 'weimi 01', nickname: '微米&助手' })
  const sessionId = await givenSession(db, { robotId, callbackUrl: 'http://dev.test/in?from=%e4%b8%80' })
  const lane = await db.transaction((tx) => tellOfLogin(tx, { sessionId }))
  const [event] = await db
    .select()
    .from(callbackEvents)
    .where(eq(callbackEvents.lane, lane ?? ''))
  expect(event).toMatchObject({ type: 'login', robotId, state: 'pending' })
  expect(event?.loginUrl).toBe(
    `http://dev.test/in?from=%e4%b8%80&robot_id=${robotId}&username=weimi%2001` +
      '&nickname=%E5%BE%AE%E7%B1%B3%26%E5%8A%A9%E6%89%8B&status=online',
  )
})

it('a login without a link, or of a disabled application, is told to nobody', async () => {
  const { db } = database
  const silent = await givenSession(db, { robotId: await givenRobot(db) })
  const applicationId = await givenApplication(db, { disabledAt: new Date() })
  const callbackUrl = 'http://dev.test/in'
  const disabled = await givenSession(db, { robotId: await givenRobot(db, { applicationId }), callbackUrl })
  for (const sessionId of [silent, disabled])
    expect(await db.transaction((tx) => tellOfLogin(tx, { sessionId }))).toBeNull()
})
