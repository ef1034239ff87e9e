import { and, eq, gt, sql } from 'drizzle-orm'
import type { WakeListener } from '@/lib/db/after-commit'
import type { Db } from '@/lib/db/client'
import { notifyOwner } from '@/lib/db/notify-owner'
import { leases } from '@/lib/db/schema/session'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { claimQueue, deliveryQueue, workerQueue } from '@/lib/queue/catalog'

type WakeContext = { db: Db; queue: QueueBackend; log: Logger }

/**
 * Notifies the worker that owns a robot. If the robot has no owner, enqueues a job so that a worker claims it. Call this after the commit. A
 * failure is logged, not thrown: the sweep finds the row and wakes again within seconds. Spec: G5 (the queue is disposable).
 */
export async function wakeRobot(context: WakeContext, robotId: string): Promise<void> {
  const { db, log } = context
  try {
    if (!(await notifyOwner(db, robotId, 'anything'))) await enqueueClaim(context, robotId)
  } catch (error) {
    log.warn({ err: error, robotId }, 'waking a robot failed, the sweep will retry')
  }
}

/** Wakes a worker to claim a robot without an owner. A failed queue is logged, not thrown. */
async function enqueueClaim({ queue, log }: Omit<WakeContext, 'db'>, robotId: string): Promise<void> {
  try {
    await queue.add(claimQueue, 'wakeRobot', { robotId })
  } catch (error) {
    log.warn({ err: error, robotId }, 'waking a robot failed, the sweep will retry')
  }
}

/**
 * Enqueues a job for the worker that owns a robot or, if the robot has no owner, for a worker that claims it. The sweep uses it, because the owner
 * may have missed the notification. A failed queue is logged, not thrown.
 */
export async function wakeRobotByJob({ db, queue, log }: WakeContext, robotId: string): Promise<void> {
  try {
    const [lease] = await db
      .select({ workerId: leases.workerId })
      .from(leases)
      .where(and(eq(leases.robotId, robotId), gt(leases.expiresAt, sql`clock_timestamp()`)))
    const queueName = lease?.workerId ? workerQueue(lease.workerId) : claimQueue
    await queue.add(queueName, 'wakeRobot', { robotId })
  } catch (error) {
    log.warn({ err: error, robotId }, 'waking a robot failed, the sweep will retry')
  }
}

/** Wakes a worker to deliver the due callbacks of a lane. A failed queue is logged, not thrown. */
export async function wakeLane({ queue, log }: Omit<WakeContext, 'db'>, lane: string): Promise<void> {
  try {
    await queue.add(deliveryQueue, 'deliverLane', { lane })
  } catch (error) {
    log.warn({ err: error, lane }, 'waking a lane failed, the sweep will retry')
  }
}

/** Wakes a worker to check a connector. A failed queue is logged, not thrown. */
export async function wakeConnector({ queue, log }: Omit<WakeContext, 'db'>, connectorId: string): Promise<void> {
  try {
    await queue.add(claimQueue, 'checkConnector', { connectorId })
  } catch (error) {
    log.warn({ err: error, connectorId }, 'waking a connector check failed, the sweep will retry')
  }
}

/** Wakes a worker to send the test message of an alert channel. A failed queue is logged, not thrown. */
export async function wakeAlertTest({ queue, log }: Omit<WakeContext, 'db'>, channelId: string): Promise<void> {
  try {
    await queue.add(claimQueue, 'testAlertChannel', { channelId })
  } catch (error) {
    log.warn({ err: error, channelId }, 'waking an alert test failed, a worker will find it')
  }
}

/**
 * Returns a listener that enqueues one job for each robot and each lane of a commit's wakes. A process that delivers callbacks passes
 * `wakeLaneHere`, which receives the lanes instead of a job.
 */
export function enqueueWakes(
  context: Omit<WakeContext, 'db'>,
  wakeLaneHere: (lane: string) => unknown = (lane) => wakeLane(context, lane),
): WakeListener {
  return ({ robotIds, lanes }) => {
    for (const robotId of robotIds) void enqueueClaim(context, robotId)
    for (const lane of lanes) void wakeLaneHere(lane)
  }
}
