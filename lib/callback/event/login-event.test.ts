import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { recordLogin } from '@/lib/callback/event/login-event'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

let wokenLanes: string[]
beforeEach(() => {
  wokenLanes = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
})

it('a login with a callback_url is recorded as a GET that keeps the URL’s own query', async () => {
  const { db } = database
  const robotId = await givenRobot(db, { username: 'weimi 01', nickname: '微米&助手' })
  const sessionId = await givenSession(db, { robotId, callbackUrl: 'http://dev.test/in?from=%e4%b8%80' })
  await db.transaction((tx) => recordLogin(tx, { sessionId }))
  const [event] = await db.select().from(callbackEvents).where(eq(callbackEvents.robotId, robotId))
  expect(event).toMatchObject({ type: 'login', robotId, state: 'pending' })
  expect(event?.loginUrl).toBe(
    `http://dev.test/in?from=%e4%b8%80&robot_id=${robotId}&username=weimi%2001` +
      '&nickname=%E5%BE%AE%E7%B1%B3%26%E5%8A%A9%E6%89%8B&status=online',
  )
  expect(wokenLanes).toEqual([event?.lane])
})

it('a login without a callback_url, or of a disabled application, is not recorded', async () => {
  const { db } = database
  const silent = await givenSession(db, { robotId: await givenRobot(db) })
  const applicationId = await givenApplication(db, { disabledAt: new Date() })
  const callbackUrl = 'http://dev.test/in'
  const disabled = await givenSession(db, { robotId: await givenRobot(db, { applicationId }), callbackUrl })
  const countBefore = await db.$count(callbackEvents)
  for (const sessionId of [silent, disabled]) await db.transaction((tx) => recordLogin(tx, { sessionId }))
  expect(await db.$count(callbackEvents)).toBe(countBefore)
  expect(wokenLanes).toEqual([])
})
