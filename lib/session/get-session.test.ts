import { afterAll, beforeAll, expect, it } from 'vitest'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listLatestSessions } from '@/lib/session/get-session'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('listLatestSessions returns the latest session of each robot, without credentials', async () => {
  const { db } = database
  const [robotId, neverLoggedIn] = [await givenRobot(db), await givenRobot(db)]
  const anHourAgo = new Date(Date.now() - 3_600_000)
  await givenSession(db, { robotId, state: 'ended', endReason: 'expired', createdAt: anHourAgo })
  await givenSession(db, { robotId, state: 'online', credentialsSealed: 'sealed' })
  const sessions = await listLatestSessions(db, { robotIds: [robotId, neverLoggedIn] })
  expect(sessions).toMatchObject([{ robotId, state: 'online', endReason: null }])
  expect(JSON.stringify(sessions)).not.toContain('sealed')
  expect(await listLatestSessions(db, { robotIds: [] })).toEqual([])
})
