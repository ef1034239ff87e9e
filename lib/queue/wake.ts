import { and, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { leases } from '../db/schema/session'
import type { Logger } from '../logger'
import type { QueueBackend } from './backend'
import { claimQueue, deliveryQueue, workerQueue } from './catalog'

type WakeContext = { db: Db; queue: QueueBackend; log: Logger }

/**
 * Asks a robot's owner, or whoever will own it, to look at its mailbox. Call it after the commit.
 * A queue that is down is logged, not thrown: the row is what counts and the reconciler wakes again within seconds (G5).
 */
export async function wakeRobot({ db, queue, log }: WakeContext, robotId: string): Promise<void> {
  try {
    const [lease] = await db
      .select({ workerId: leases.workerId })
      .from(leases)
      .where(and(eq(leases.robotId, robotId), gt(leases.expiresAt, sql`clock_timestamp()`)))
    const queueName = lease?.workerId ? workerQueue(lease.workerId) : claimQueue
    await queue.add(queueName, 'wakeRobot', { robotId })
  } catch (error) {
    log.warn({ err: error, robotId }, 'robot not woken, the reconciler will')
  }
}

/** Asks any worker to deliver a lane's due callbacks; a queue that is down is logged, not thrown. */
export async function wakeLane({ queue, log }: Omit<WakeContext, 'db'>, lane: string): Promise<void> {
  try {
    await queue.add(deliveryQueue, 'deliverLane', { lane })
  } catch (error) {
    log.warn({ err: error, lane }, 'lane not woken, the reconciler will')
  }
}
