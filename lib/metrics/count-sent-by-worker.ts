import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Counts what the robots of each worker sent in the last minute; workers that sent nothing are left out. */
export async function countSentByWorker(db: Db): Promise<Map<string, number>> {
  const rows = await db.execute<{ workerId: string; count: number }>(sql`
    select leases.worker_id as "workerId", count(*)::int as count
      from leases join messages on messages.robot_id = leases.robot_id
      where leases.worker_id is not null and messages.state = 'sent'
        and messages.finished_at > clock_timestamp() - interval '1 minute'
      group by 1`)
  return new Map([...rows].map(({ workerId, count }) => [workerId, count]))
}
