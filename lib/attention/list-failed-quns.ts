import { sql } from 'drizzle-orm'
import type { quns } from '@/lib/db/schema/qun'
import type { Db } from '@/lib/db/client'
import { isDismissed } from '@/lib/attention/dismissals'
import { type FirstRows, firstRows } from '@/lib/attention/first-rows'

/** `state`: a dismissal is valid while it is unchanged. */
export type FailedQun = Pick<
  typeof quns.$inferSelect,
  'id' | 'name' | 'failure' | 'failureReason' | 'failureParams'
> & {
  sinceMs: number
  state: string
}

/** Lists quns whose room could not be created, and those whose customer group is full, has no QR code, or keeps one after a close, oldest first. */
export async function listFailedQuns(db: Db, { limit }: { limit: number }): Promise<FirstRows<FailedQun>> {
  return firstRows(
    await db.execute<FailedQun & { total: number }>(sql`
      select qun.id, qun.name, qun.failure, qun.failure_reason as "failureReason",
          qun.failure_params as "failureParams", qun.failure as state, count(*) over ()::int as total,
          (extract(epoch from qun.created_at) * 1000)::float8 as "sinceMs"
        from quns as qun join robots as robot on robot.id = qun.robot_id and robot.deleted_at is null
        where (qun.state <> 'closed' or qun.failure_reason = 'join_way_kept') and qun.failure <> ''
          and (qun.state = 'pending' or robot.connection = 'wecom_group')
          and not ${isDismissed({ kind: sql`'qun'`, targetId: sql`qun.id`, state: sql`qun.failure` })}
        order by qun.created_at, qun.id limit ${limit}`),
  )
}
