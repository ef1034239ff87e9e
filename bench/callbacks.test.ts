import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { checkHistory, type Seen } from '@/bench/callbacks/check-history'
import { openRedisServer } from '@/bench/callbacks/redis-server'
import { runFaults } from '@/bench/callbacks/run-faults'

let database: TestDatabase
beforeEach(async () => void (database = await createTestDatabase()))
afterEach(() => database.drop())

describe('the history checker', () => {
  const seen = (sequence: number, atMs: number, isTaken = true): Seen => ({
    id: `evt_${sequence}`,
    sequence,
    roomId: 'room_1',
    atMs,
    isTaken,
  })
  const failed = (sequence: number, endedMs: number) => ({ id: `evt_${sequence}`, endedMs })
  it.each([
    ['a complete history in order', [seen(1, 1), seen(2, 2)], [], [0, 0, 0]],
    ['a lost event', [seen(1, 1), seen(1, 2)], [], [1, 0, 0]],
    ['an event attempted before the earlier one', [seen(2, 1), seen(1, 2)], [], [0, 1, 0]],
    ['an event attempted after one failure of the earlier one', [seen(2, 2), seen(1, 3)], [failed(1, 1)], [0, 1, 0]],
    [
      'an event attempted after two failures of the earlier one',
      [seen(2, 3), seen(1, 4)],
      [failed(1, 1), failed(1, 2)],
      [0, 0, 1],
    ],
    [
      'an event attempted before the second failure of the earlier one',
      [seen(2, 3), seen(1, 5)],
      [failed(1, 1), failed(1, 4)],
      [0, 1, 0],
    ],
  ])('counts losses, inversions and overtaken events in %s', (_name, history, failures, expected) => {
    const { lost, inversions, steppedAsideCount } = checkHistory(['evt_1', 'evt_2'], history, failures)
    expect([lost.length, inversions.length, steppedAsideCount]).toEqual(expected)
  })
})

const whole = { lost: [], inversions: [], deadCount: 0 }
const few = { eventCount: 400, robotCount: 20, timeoutMs: 120_000 }

it(
  'G4: rejections, timeouts and two killed workers neither lose nor reorder an event',
  { timeout: 240_000 },
  async () => {
    expect(await runFaults({ databaseUrl: database.url, redisUrl: null, ...few })).toMatchObject(whole)
  },
)

it.runIf(queueBackends().length > 1)(
  'G5: a Redis flush and restart at half-way neither loses nor reorders an event',
  { timeout: 240_000 },
  async () => {
    const redis = await openRedisServer()
    const atHalf = async () => {
      await redis.flush()
      await redis.stop()
      await redis.start()
    }
    const verdict = await runFaults({ databaseUrl: database.url, redisUrl: redis.url, ...few, atHalf })
    await redis.stop()
    expect(verdict).toMatchObject(whole)
  },
)
