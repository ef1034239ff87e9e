import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { acquireLease } from '@/lib/session/lease'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import type { WechatConnection } from '../wechat/port'
import type { WorkerContext } from './context'
import { RobotLife } from './robot-life'
import { Tenure } from './tenure'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('G1, G6: wakes that come while a robot is taken over open its session once', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  await givenSession(db, { robotId, onlineAt: new Date() })
  const taken = await acquireLease(db, { robotId, workerId: 'wrk_1', ttlSeconds: 60 })
  if (!taken) throw new Error('nobody else is there')
  let openCount = 0
  const open = () => {
    openCount++
    return { detach: async () => {} } as WechatConnection
  }
  const log = createLogger({ level: 'silent', process: 'test' })
  const context = { db, log, wechat: { open } } as unknown as WorkerContext
  const tenure = new Tenure(db, taken, performance.now() + 60_000)
  const life = new RobotLife(context, tenure, taken.takeover, [])
  await Promise.all([life.restore(), life.wake(), life.wake()])
  expect(openCount).toBe(1)
  await life.stop()
})
