import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { SessionEndReason } from '@/lib/db/types'
import type { RobotStatus } from '@/lib/robot/robot-view'
import { isDismissed } from '@/lib/attention/dismissals'
import { type FirstRows, firstRows } from '@/lib/attention/first-rows'

/**
 * absent: an assistant with open quns is not online; lost: a robot's session ended in the last days without a request to do so
 * (a robot that was never online is not lost); scan: a login waits for a phone.
 */
export type RobotNeed = 'absent' | 'lost' | 'scan'

export type OfflineRobot = {
  id: string
  nickname: string
  username: string
  status: RobotStatus
  endReason: SessionEndReason | null
  /** When it entered that status; null: it has never logged in. */
  sinceMs: number | null
  /** Quns that are not closed. */
  qunCount: number
  /** A dismissal is valid while this is unchanged. */
  state: string
}

/** Days for which a lost session is listed. */
const lostDays = 7

/** Lists robots that need a login, each under its most urgent need; assistants with the most quns first, then the latest change. */
export async function listOfflineRobots(
  db: Db,
  { limit }: { limit: number },
): Promise<Record<RobotNeed, FirstRows<OfflineRobot>>> {
  const robots = await db.execute<OfflineRobot & { need: RobotNeed; total: number }>(sql`
    with offline as (
      select robot.id, robot.nickname, robot.username, live.state, coalesce(qun.count, 0)::int as qun_count,
          coalesce(live.state_changed_at, ended.ended_at) as since,
          robot.connection,
          case when live.state is null then ended.end_reason end as end_reason,
          ended.end_reason not in ('logged_out', 'cancelled') as is_lost
        from robots as robot
        left join sessions as live on live.robot_id = robot.id and live.state <> 'ended'
        left join (select robot_id, count(*) as count from quns where state <> 'closed' group by 1) as qun
          on qun.robot_id = robot.id and robot.is_assistant
        left join (${lastEnds}) as ended on ended.robot_id = robot.id
        where robot.deleted_at is null and live.state is distinct from 'online'),
    in_need as (
      select *, concat_ws(':', coalesce(state::text, 'offline'), extract(epoch from since)) as seen_state, case
          when qun_count > 0 and state is distinct from 'reconnecting' then 'absent'
          when state is null and is_lost then 'lost'
          -- Credentials take the place of a scan.
          when connection not in ('wecom_kf', 'wecom_group')
            and state in ('starting', 'waiting_scan', 'waiting_code', 'waiting_confirm') then 'scan' end as need
        from offline),
    ranked as (
      select *, count(*) over (partition by need)::int as total,
          row_number() over (partition by need order by qun_count desc, since desc nulls last, id) as rank
        from in_need where need is not null
          and not ${isDismissed({ kind: sql`need`, targetId: sql`id`, state: sql`seen_state` })})
    select need, total, id, seen_state as state, nickname, username, end_reason as "endReason", qun_count as "qunCount",
        case ranked.state::text when 'starting' then 'waiting_scan' else coalesce(ranked.state::text, 'offline') end as status,
        (extract(epoch from coalesce(since,
          (select max(ended_at) from sessions where robot_id = ranked.id))) * 1000)::float8 as "sinceMs"
      from ranked where rank <= ${limit} order by rank`)
  const withNeed = (need: RobotNeed) => firstRows(robots.filter((robot) => robot.need === need))
  return { absent: withNeed('absent'), lost: withNeed('lost'), scan: withNeed('scan') }
}

/** SQL: the end of each robot's last online session, if it ended within `lostDays`. */
const lastEnds: SQL = sql`
  select distinct on (robot_id) robot_id, end_reason, ended_at from sessions
    where online_at is not null and ended_at > statement_timestamp() - make_interval(days => ${lostDays})
    order by robot_id, created_at desc`
