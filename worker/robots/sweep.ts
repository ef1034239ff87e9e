import { and, eq, sql } from 'drizzle-orm'
import { listLateChecks } from '@/lib/connector/check-connector'
import { listRobotsWithHandovers } from '@/lib/conversation/service-handover'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import type { Logger } from '@/lib/logger'
import { listRobotsWithSteps } from '@/lib/membership/next-step'
import { cancelOverdueMessages } from '@/lib/message/cancel-message'
import type { QueueBackend } from '@/lib/queue/backend'
import { workerQueue } from '@/lib/queue/catalog'
import { wakeConnector, wakeRobotByJob } from '@/lib/queue/wake'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { listRobotsWithDecisions } from '@/lib/reply/open-decisions'
import { listRobotsToWake } from '@/lib/session/robots-to-wake'

/** Advisory lock, so that one worker sweeps at a time; spells `SWEP`. */
const sweepLockKey = 0x53574550
/** Seconds without a heartbeat after which a worker is dead and its queue is removed. */
const deadAfterSeconds = 60
const isDead = sql`${workers.heartbeatAt} < clock_timestamp() - make_interval(secs => ${deadAfterSeconds})`

/**
 * Wakes robots and connector checks whose wake was lost, cancels overdue messages and removes dead workers.
 * Spec: G5 (the queue is disposable), A11 (send).
 */
export async function sweep(context: { db: Db; queue: QueueBackend; log: Logger }): Promise<void> {
  const { db, queue } = context
  const due = await db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ isHeld: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sweepLockKey}) as "isHeld"`,
    )
    if (!lock?.isHeld) return null
    // The owner of the robot may be dead, or waiting for WeChat.
    await cancelOverdueMessages(tx)
    await startKfSessions(tx)
    const connectorIds = await listLateChecks(tx)
    const robotIds = new Set([
      ...(await listRobotsToWake(tx)),
      ...(await listRobotsWithSteps(tx)),
      ...(await listRobotsWithDecisions(tx)),
      ...(await listRobotsWithHandovers(tx)),
    ])
    return { robotIds, connectorIds, dead: await tx.select({ id: workers.id }).from(workers).where(isDead) }
  })
  if (!due) return
  // After the commit: a slow or unreachable queue must not roll back the above or hold the lock.
  for (const robotId of due.robotIds) await wakeRobotByJob(context, robotId)
  for (const connectorId of due.connectorIds) await wakeConnector(context, connectorId)
  for (const { id } of due.dead) {
    await queue.remove(workerQueue(id))
    await db.delete(workers).where(and(eq(workers.id, id), isDead))
  }
}
