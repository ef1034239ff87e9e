// Delivers 10,000 events despite rejections, timeouts and killed workers: `npx tsx bench/callback-faults.ts [events] [redis]`.
// With `redis` the queue is in Redis, which is flushed, stopped and started again when half of the events are recorded.
import { openDatabase } from '@/bench/callbacks/open-database'
import { openRedisServer } from '@/bench/callbacks/redis-server'
import { runFaults } from '@/bench/callbacks/run-faults'

const eventCount = Number(process.argv[2] ?? 10_000)
const database = await openDatabase()
const redis = process.argv[3] === 'redis' ? await openRedisServer() : null
try {
  const beganMs = performance.now()
  const verdict = await runFaults({
    databaseUrl: database.url,
    redisUrl: redis?.url ?? null,
    eventCount,
    robotCount: 50,
    timeoutMs: 900_000,
    ...(redis
      ? {
          async atHalf() {
            await redis.flush()
            await redis.stop()
            await redis.start()
          },
        }
      : {}),
  })
  const { lost, inversions, repeatCount, steppedAsideCount, attemptCount, deadCount } = verdict
  console.log(`${eventCount} events, ${attemptCount} attempts, ${Math.round((performance.now() - beganMs) / 1000)} s`)
  console.log(`lost ${lost.length}, out of order ${inversions.length}, failed ${deadCount}`)
  console.log(`delivered twice ${repeatCount} (same webhook-id), attempts past a deferred one ${steppedAsideCount}`)
  if (inversions.length > 0) console.log(inversions.slice(0, 5))
} finally {
  await redis?.stop()
  await database.close()
}
