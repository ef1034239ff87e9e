import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workers } from '@/lib/db/schema/session'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { checkReadiness } from '@/lib/http/check-readiness'

let database: TestDatabase
let web: TestWeb
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

it('requires a worker heartbeat in the last 15 s', async () => {
  expect(await checkReadiness(web.context)).toMatchObject({
    isReady: false,
    checks: { worker: expect.stringContaining('15 s') },
  })
  await database.db.insert(workers).values({ id: 'wrk_1', hostname: 'here' })
  expect(await checkReadiness(web.context)).toEqual({
    isReady: true,
    checks: { database: 'ok', queue: 'ok', worker: 'ok' },
  })
  await database.db.update(workers).set({ heartbeatAt: sql`clock_timestamp() - interval '16 seconds'` })
  expect(await checkReadiness(web.context)).toMatchObject({ isReady: false })
})

it('reports within 2 s what does not respond', async () => {
  const { queue } = web.context
  const silent = { ...queue, ping: () => new Promise<void>(() => {}) }
  const { isReady, checks } = await checkReadiness({ ...web.context, queue: silent })
  expect(isReady).toBe(false)
  expect(checks.queue).toContain('2000 ms')
})
