import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import type { SessionEndReason } from '../db/types'
import type { RobotStatus } from '../robot/robot-view'
import { type FirstRows, firstRows } from './first-rows'

/** absent: an assistant that quns wait for; lost: its login ended unasked, not long ago; scan: its code waits for a phone. */
export type RobotNeed = 'absent' | 'lost' | 'scan'

export type RobotInNeed = {
  id: string
  nickname: string
  username: string
  status: RobotStatus
  endReason: SessionEndReason | null
  /** When it came into that status; null = it never logged in. */
  sinceMs: number | null
  /** Quns that are not closed. */
  qunCount: number
}

/** So long a lost login is told of. */
const lostDays = 7

/** Lists robots that want a phone in somebody's hand, each under its most urgent need, the latest first, assistants by their quns. */
export async function listRobotsInNeed(
  db: Db,
  { limit }: { limit: number },
): Promise<Record<RobotNeed, FirstRows<RobotInNeed>>> {
  const found = await db.execute<RobotInNeed & { need: RobotNeed; total: number }>(sql`
    with standing as (
      select robot.id, robot.nickname, robot.username, live.state, coalesce(qun.count, 0)::int as qun_count,
          coalesce(live.state_changed_at, ended.ended_at) as since,
          case when live.state is null then ended.end_reason end as end_reason,
          ended.end_reason not in ('logged_out', 'cancelled') as is_lost
        from robots as robot
        left join sessions as live on live.robot_id = robot.id and live.state <> 'ended'
        left join (select robot_id, count(*) as count from quns where state <> 'closed' group by 1) as qun
          on qun.robot_id = robot.id and robot.is_assistant
        left join (${lastEnds}) as ended on ended.robot_id = robot.id
        where robot.deleted_at is null and live.state is distinct from 'online'),
    in_need as (
      select *, case
          when qun_count > 0 and state is distinct from 'reconnecting' then 'absent'
          when state is null and is_lost then 'lost'
          when state in ('starting', 'waiting_scan', 'waiting_confirm') then 'scan' end as need
        from standing),
    ranked as (
      select *, count(*) over (partition by need)::int as total,
          row_number() over (partition by need order by qun_count desc, since desc nulls last, id) as place
        from in_need where need is not null)
    select need, total, id, nickname, username, end_reason as "endReason", qun_count as "qunCount",
        case state::text when 'starting' then 'waiting_scan' else coalesce(state::text, 'offline') end as status,
        (extract(epoch from coalesce(since,
          (select max(ended_at) from sessions where robot_id = ranked.id))) * 1000)::float8 as "sinceMs"
      from ranked where place <= ${limit} order by place`)
  const of = (wanted: RobotNeed) => firstRows(found.filter(({ need }) => need === wanted))
  return { absent: of('absent'), lost: of('lost'), scan: of('scan') }
}

/** SQL: how and when each robot's last session ended, of those that did lately. */
const lastEnds: SQL = sql`
  select distinct on (robot_id) robot_id, end_reason, ended_at from sessions
    where ended_at > clock_timestamp() - make_interval(days => ${lostDays})
    order by robot_id, created_at desc`
