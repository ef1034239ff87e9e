import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** Maximum robots per sweep; the next sweep finds the rest. */
const maxRobotsPerSweep = 500

/**
 * Lists robots that need an owner (a live session or mail, and no valid lease), and owned robots whose mail is older than five
 * seconds, because their wake was lost (G5).
 */
export async function listRobotsToWake(db: Db): Promise<string[]> {
  const rows = await db.execute<{ robotId: string }>(sql`
    with mail as (
      select robot_id, min(created_at) as oldest from commands where state in ('queued', 'running') group by robot_id
      union all
      select robot_id, min(created_at) from messages where state in ('queued', 'sending') group by robot_id
    ), lease as (select robot_id from leases where worker_id is not null and expires_at >= clock_timestamp())
    select robot_id as "robotId" from mail
      where robot_id not in (select robot_id from lease) or oldest < clock_timestamp() - interval '5 seconds'
    union
    select robot_id from sessions where state <> 'ended' and robot_id not in (select robot_id from lease)
    limit ${maxRobotsPerSweep}`)
  return [...rows].map((row) => row.robotId)
}

/** Returns whether a robot has open mail or a session that has not ended. */
export async function hasOpenMail(db: Db, { robotId }: { robotId: string }): Promise<boolean> {
  const [row] = await db.execute<{ isOpen: boolean }>(sql`
    select exists (select 1 from commands where robot_id = ${robotId} and state in ('queued', 'running'))
        or exists (select 1 from messages where robot_id = ${robotId} and state in ('queued', 'sending'))
        or exists (select 1 from sessions where robot_id = ${robotId} and state <> 'ended') as "isOpen"`)
  return row?.isOpen ?? false
}
