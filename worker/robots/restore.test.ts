import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { acquireLease } from '@/lib/session/lease'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import type { WechatConnection } from '@/worker/wechat/port'
import type { WorkerContext } from '@/worker/robots/context'
import { RobotRunner } from '@/worker/robots/robot-runner'
import { LeaseHandle } from '@/worker/robots/lease-handle'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('G1, G6: concurrent wakes during a takeover open the session once', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  await givenSession(db, { robotId, onlineAt: new Date() })
  const taken = await acquireLease(db, { robotId, workerId: 'wrk_1', ttlSeconds: 60 })
  if (!taken) throw new Error('the lease is not free')
  let openCount = 0
  const open = () => {
    openCount++
    return { detach: async () => {} } as WechatConnection
  }
  const log = createLogger({ level: 'silent', process: 'test' })
  const context = { db, log, ports: { web: { open } } } as unknown as WorkerContext
  const lease = new LeaseHandle(db, taken, performance.now() + 60_000)
  const runner = new RobotRunner(context, lease, taken.takeover, { send: async () => {}, others: [] })
  await Promise.all([runner.restore(), runner.wake(), runner.wake()])
  expect(openCount).toBe(1)
  await runner.stop()
})
