import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import type { Logger } from '@/lib/logger'
import { listRobotsWithSteps } from '@/lib/membership/next-step'
import { cancelOverdueMessages } from '@/lib/message/cancel-message'
import type { QueueBackend } from '@/lib/queue/backend'
import { workerQueue } from '@/lib/queue/catalog'
import { wakeRobot } from '@/lib/queue/wake'
import { listRobotsToWake } from '@/lib/session/robots-to-wake'

/** Spells `SWEP`: one worker sweeps at a time. */
const sweepLock = 0x53574550
/** A worker that has been silent for so long is gone, and its queue with it. */
const deadAfterSeconds = 60
const isDead = sql`${workers.heartbeatAt} < clock_timestamp() - make_interval(secs => ${deadAfterSeconds})`

/** Finds work whose wake was lost and wakes it again; ends what is overdue; removes what dead workers left. Spec: G5, A11. */
export async function sweep(context: { db: Db; queue: QueueBackend; log: Logger }): Promise<void> {
  const { db, queue } = context
  const found = await db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ isHeld: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sweepLock}) as "isHeld"`,
    )
    if (!lock?.isHeld) return null
    // Whoever owns the robot may be gone, or waiting for WeChat.
    await cancelOverdueMessages(tx)
    const robotIds = new Set([...(await listRobotsToWake(tx)), ...(await listRobotsWithSteps(tx))])
    return { robotIds, dead: await tx.select({ id: workers.id }).from(workers).where(isDead) }
  })
  if (!found) return
  // After the commit: a queue that is slow or away undoes nothing of the above, nor does it hold the lock.
  for (const robotId of found.robotIds) await wakeRobot(context, robotId)
  for (const { id } of found.dead) {
    await queue.remove(workerQueue(id))
    await db.delete(workers).where(and(eq(workers.id, id), isDead))
  }
}
