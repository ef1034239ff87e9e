import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { AttentionKind } from '@/lib/db/types'
import { isDismissed } from '@/lib/attention/dismissals'
import { type FirstRows, firstRows } from '@/lib/attention/first-rows'

/** A robot with rows that need attention. `state`: a dismissal is valid while it is unchanged; one more row is another state. */
export type RobotIssue = {
  id: string
  nickname: string
  username: string
  count: number
  sinceMs: number
  state: string
}

/**
 * Lists robots with rooms that the agent_id rule bound by a name that another person may have chosen, longest unreviewed first:
 * messages of such a room go to the endpoint of the application.
 */
export async function listRobotsBoundByName(db: Db, page: { limit: number }): Promise<FirstRows<RobotIssue>> {
  return listRobotIssues(db, { ...page, kind: 'binding', isLatestFirst: false }, boundByName)
}

/** Lists robots with ambiguous room matches that an operator has to resolve, oldest first. */
export async function listRobotsWithAmbiguities(db: Db, page: { limit: number }): Promise<FirstRows<RobotIssue>> {
  return listRobotIssues(db, { ...page, kind: 'ambiguity', isLatestFirst: false }, ambiguousRooms)
}

/** Lists robots with sends of the last day whose outcome is unknown and visible only on their phone, latest first. */
export async function listUnknownSends(db: Db, page: { limit: number }): Promise<FirstRows<RobotIssue>> {
  return listRobotIssues(db, { ...page, kind: 'unknown', isLatestFirst: true }, unknownSends)
}

const boundByName = sql`
  select room.robot_id, count(*)::int as count, min(binding.changed_at) as since,
      concat_ws(':', count(*), extract(epoch from max(binding.changed_at))) as state
    from bindings as binding join rooms as room on room.id = binding.room_id and room.gone_at is null
    where binding.is_unreviewed and binding.is_bound
    group by room.robot_id`

const ambiguousRooms = sql`
  select robot_id, count(*)::int as count, min(created_at) as since,
      concat_ws(':', count(*), extract(epoch from max(created_at))) as state
    from rooms
    where is_ambiguous and gone_at is null
      and exists (select from room_candidates as candidate where candidate.room_id = rooms.id)
    group by robot_id`

const unknownSends = sql`
  select robot_id, count(*)::int as count, max(finished_at) as since, extract(epoch from max(finished_at))::text as state
    from messages
    where state = 'unknown' and finished_at > statement_timestamp() - interval '1 day'
    group by robot_id`

/** `issues` selects robot_id, count, since and state. */
async function listRobotIssues(
  db: Db,
  { kind, limit, isLatestFirst }: { kind: AttentionKind; limit: number; isLatestFirst: boolean },
  issues: SQL,
): Promise<FirstRows<RobotIssue>> {
  const isHidden = isDismissed({ kind: sql`${kind}`, targetId: sql`robot.id`, state: sql`issue.state` })
  const order = isLatestFirst ? sql`issue.since desc` : sql`issue.since`
  return firstRows(
    await db.execute<RobotIssue & { total: number }>(sql`
      select robot.id, robot.nickname, robot.username, issue.count, issue.state, count(*) over ()::int as total,
          (extract(epoch from issue.since) * 1000)::float8 as "sinceMs"
        from (${issues}) as issue
        join robots as robot on robot.id = issue.robot_id and robot.deleted_at is null
        where not ${isHidden} order by ${order}, robot.id limit ${limit}`),
  )
}
