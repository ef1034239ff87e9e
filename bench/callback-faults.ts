// 10,000 events over 50 robots with refusals, silence and workers killed: `npx tsx bench/callback-faults.ts [events] [redis]`.
// With `redis` the queue lives there, and it is flushed, stopped and started again when half is told.
import { openDatabase } from './callbacks/open-database'
import { openRedisServer } from './callbacks/redis-server'
import { runFaults } from './callbacks/run-faults'

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
    patienceMs: 900_000,
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
  const { lost, inversions, repeatCount, steppedAsideCount, tryCount, deadCount } = verdict
  console.log(`${eventCount} events, ${tryCount} tries, ${Math.round((performance.now() - beganMs) / 1000)} s`)
  console.log(`lost ${lost.length}, out of order ${inversions.length}, given up ${deadCount}`)
  console.log(`taken twice ${repeatCount} (same webhook-id), tries past one that stepped aside ${steppedAsideCount}`)
  if (inversions.length > 0) console.log(inversions.slice(0, 5))
} finally {
  await redis?.stop()
  await database.close()
}
