import { type SQL, sql } from 'drizzle-orm'
import { breakerFailures, healthRows, isCurrent } from '@/lib/callback/endpoint/gate'
import type { Db } from '@/lib/db/client'
import type { AlertParams } from '@/lib/db/types'

/** The latest causes, or those of the named targets that still last. */
export type CauseQuery = { limit: number } | { among: string[] }
/** `applicationId` null: it concerns the installation. */
export type AlertCause = { targetId: string; applicationId: string | null; params: AlertParams }

/** Days for which a lost session is a new cause, as in the list of lost robots. */
const lostDays = 7
/** Seconds without a heartbeat after which a worker is silent; its row is removed after a minute. */
const silentSeconds = 30
const maxNameLength = 60

const robotName = sql`left(coalesce(nullif(robot.nickname, ''), robot.username), ${maxNameLength})`

/** Lists robots whose last session ended without a request. */
export async function listLostRobots(db: Db, query: CauseQuery): Promise<AlertCause[]> {
  // The window keeps the search small; an open alert lasts until the robot is online again.
  const isNew = sql`robot.id in (
    select robot_id from sessions where ended_at > statement_timestamp() - make_interval(days => ${lostDays}))`
  return list(db, query, {
    id: sql`robot.id`,
    isNew,
    select: sql`robot.id as "targetId", robot.application_id as "applicationId",
      jsonb_build_object('robot', ${robotName}, 'reason', coalesce(last.end_reason, '')) as params, last.ended_at as since`,
    from: sql`robots as robot cross join lateral (
      select end_reason, ended_at from sessions
        where robot_id = robot.id and online_at is not null order by created_at desc limit 1) as last
      where robot.deleted_at is null and last.ended_at is not null and last.end_reason not in ('logged_out', 'cancelled')`,
  })
}

/** Lists endpoints whose breaker is open, also paused ones. */
export async function listFailingCauses(db: Db, query: CauseQuery): Promise<AlertCause[]> {
  return listEndpoints(db, query, sql`endpoint.failure_count >= ${breakerFailures}`)
}

/** Lists endpoints that are paused until an operator resumes them. */
export async function listPausedCauses(db: Db, query: CauseQuery): Promise<AlertCause[]> {
  return listEndpoints(db, query, sql`endpoint.paused_at is not null`)
}

function listEndpoints(db: Db, query: CauseQuery, isMatch: SQL): Promise<AlertCause[]> {
  return list(db, query, {
    id: sql`coalesce(additional.id, application.id)`,
    select: sql`coalesce(additional.id, application.id) as "targetId", application.id as "applicationId",
      jsonb_build_object('application', left(concat_ws(' · ', application.name, additional.name), ${maxNameLength})) as params, endpoint.failing_since as since`,
    from: sql`${healthRows} where ${isCurrent} and application.disabled_at is null and ${isMatch}`,
  })
}

/**
 * Lists workers that stopped without releasing their robots. A cause lasts until the worker is back, or another one has started in its
 * place: its own row is soon removed.
 */
export async function listSilentWorkers(db: Db, query: CauseQuery): Promise<AlertCause[]> {
  const isSilent = sql`worker.heartbeat_at < clock_timestamp() - make_interval(secs => ${silentSeconds})`
  if ('limit' in query)
    return list(db, query, {
      id: sql`worker.id`,
      select: sql`worker.id as "targetId", null as "applicationId",
        jsonb_build_object('host', left(worker.hostname, ${maxNameLength})) as params, worker.heartbeat_at as since`,
      from: sql`workers as worker where ${isSilent}`,
    })
  const rows = await db.execute<AlertCause>(sql`
    select target_id as "targetId", null as "applicationId", params from alerts
      where kind = 'worker_silent' and closed_at is null and target_id in ${query.among} and not exists (
        select from workers as worker where not ${isSilent} and (worker.id = target_id or worker.started_at > opened_at))`)
  return [...rows]
}

/** Lists conversations that have waited for a person for these minutes. */
export async function listWaitingConversations(
  db: Db,
  query: CauseQuery,
  { minutes }: { minutes: number },
): Promise<AlertCause[]> {
  return list(db, query, {
    id: sql`conversation.id`,
    select: sql`conversation.id as "targetId", robot.application_id as "applicationId", conversation.waiting_since as since,
      jsonb_build_object('name', left(coalesce(nullif(room.name, ''), nullif(conversation.name, ''), ''), ${maxNameLength}),
        'robot', ${robotName}, 'minutes', ${minutes}::int) as params`,
    from: sql`conversations as conversation
      join robots as robot on robot.id = conversation.robot_id and robot.deleted_at is null
      left join rooms as room on room.id = conversation.room_id
      where conversation.state = 'waiting'
        and conversation.waiting_since < clock_timestamp() - make_interval(mins => ${minutes})`,
  })
}

type Parts = { id: SQL; isNew?: SQL; select: SQL; from: SQL }

async function list(db: Db, query: CauseQuery, { id, isNew, select, from }: Parts): Promise<AlertCause[]> {
  const condition = 'among' in query ? sql`${id} in ${query.among}` : (isNew ?? sql`true`)
  const limit = 'limit' in query ? sql`order by since desc nulls last limit ${query.limit}` : sql``
  const rows = await db.execute<AlertCause & { since: unknown }>(
    sql`select ${select} from ${from} and ${condition} ${limit}`,
  )
  return rows.map(({ targetId, applicationId, params }) => ({ targetId, applicationId, params }))
}
