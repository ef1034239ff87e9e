import { expect, it } from 'vitest'
import { leases, workers } from '@/lib/db/schema/session'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import { eq, sql } from 'drizzle-orm'
import * as system from '@/app/api/dashboard/system/route'

const test = useDashboard()

it('the system page shows the effective settings and no secret, also to a viewer', async () => {
  const shown = await test.call(system.GET, 'GET', { cookie: test.cookieOf.viewer })
  expect(shown).toMatchObject({
    status: 200,
    body: {
      publicUrl: 'http://wxbot.test',
      versions: { postgres: expect.stringMatching(/^\d+\.\d+/), node: process.versions.node },
      queueVersion: expect.stringMatching(/^\d/),
      egressAllow: ['127.0.0.0/8'],
      limits: { robots: 1000, logins: 100, mediaMegabytes: 10_240 },
      sending: { ratePerMinute: 60, jitterPercent: 15, maxWaiting: 1000 },
    },
  })
  expect(shown.body.databaseBytes).toBeGreaterThan(1_000_000)
  expect(shown.body.retention).toContainEqual(expect.objectContaining({ kind: 'callback_events', days: 30 }))
  expect(shown.body.retention).toContainEqual(expect.objectContaining({ kind: 'messages', days: 180 }))
  expect(JSON.stringify(shown.body)).not.toMatch(/postgres:\/\/|redis:\/\//)
})

it('the system page counts the sends of a worker’s robots in the last minute', async () => {
  await test.db.insert(workers).values({ id: 'wrk_one', hostname: 'one', robotCount: 1 })
  const robotId = await givenRobot(test.db)
  const lease = { workerId: 'wrk_one', epoch: 1, expiresAt: sql`clock_timestamp() + interval '1 minute'` }
  await test.db.insert(leases).values({ robotId, ...lease })
  for (const ageSeconds of [1, 30, 90]) {
    const sent = { direction: 'out', type: 'text', state: 'sent', content: '好' } as const
    const finishedAt = sql`clock_timestamp() - make_interval(secs => ${ageSeconds})`
    await test.db.insert(messages).values({ id: newId('message'), robotId, ...sent, finishedAt })
  }
  const one = async () => (await test.asAdmin(system.GET, 'GET')).body.workers
  expect(await one()).toMatchObject([{ id: 'wrk_one', isAlive: true, sentLastMinute: 2 }])
  await test.db.update(leases).set({ workerId: null }).where(eq(leases.robotId, robotId))
  expect(await one()).toMatchObject([{ sentLastMinute: 0 }])
})
