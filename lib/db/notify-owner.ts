import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** What a wake is about: only a queued message, only events that arrived outside the mailbox, or anything. */
export type WakeReason = 'message' | 'events' | 'anything'

/** The Postgres channel on which a worker listens for wakes of its robots. */
export function wakeChannel(workerId: string): string {
  return `wxbot_wake_${workerId}`
}

/** Notifies the worker that owns a robot, at commit. Returns false if the robot has no owner. */
export async function notifyOwner(db: Db, robotId: string, reason: WakeReason): Promise<boolean> {
  const [row] = await db.execute<{ isNotified: boolean }>(sql`select ${ownerNotified(robotId, reason)} as "isNotified"`)
  return row?.isNotified ?? false
}

/** SQL: notifies the worker that owns a robot, at commit; false: the robot has no owner. */
export function ownerNotified(robotId: string | SQL, reason: WakeReason): SQL<boolean> {
  return sql<boolean>`coalesce((select pg_notify(${wakeChannel('')} || worker_id, ${`${reason} `} || ${robotId}) is not null
    from leases where robot_id = ${robotId} and worker_id is not null and expires_at > clock_timestamp()), false)`
}

/** Reads a notification of `notifyOwner`. */
export function parseWake(payload: string): { reason: WakeReason; robotId: string } {
  const [reason, robotId = ''] = payload.split(' ')
  return { reason: reason === 'message' || reason === 'events' ? reason : 'anything', robotId }
}
