import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'

/** State of the whole installation now, for monitoring. Ages are in seconds; 0: nothing waits. */
export type InstallationGauges = {
  /** Robots without a session that has not ended are `offline`. */
  robots: { connection: RobotConnection; state: string; count: number }[]
  /** Age of the oldest session that is online, of each connection with one. */
  sessions: { connection: RobotConnection; oldestSeconds: number }[]
  messages: Waiting
  commands: Waiting
  callbacks: Waiting
  /** Endpoints that are paused, or whose callbacks are held back after repeated failures. */
  endpoints: { paused: number; failing: number }
  /** Callbacks of gateways that changed nothing, by reason, since the installation began. */
  gatewayRefusals: { reason: string; count: number }[]
  /** Workers that are alive. */
  workerCount: number
  databaseBytes: number
  /** Connections to this database; `application` is `other` for programs that are not of wxbot. */
  databaseConnections: { application: string; state: string; count: number }[]
  /** Connections that the server accepts, for all its databases. */
  maxDatabaseConnections: number
}
type Waiting = { count: number; oldestSeconds: number }
type Rest = {
  paused: number
  failing: number
  workerCount: number
  databaseBytes: number
  maxConnections: number
}

const age = sql`coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as "oldestSeconds"`

/** Reads the gauges with queries whose cost depends on what waits, not on what is stored. */
export async function readGauges(
  db: Db,
  { breakerFailures }: { breakerFailures: number },
): Promise<InstallationGauges> {
  const waiting = async (from: ReturnType<typeof sql>) => {
    const [row] = await db.execute<Waiting>(sql`select count(*)::int as count, ${age} from ${from}`)
    return row ?? { count: 0, oldestSeconds: 0 }
  }
  const [robots, messages, commands, callbacks, gatewayRefusals, databaseConnections, [rest]] = await Promise.all([
    db.execute<InstallationGauges['robots'][number] & { oldestSeconds: number | null }>(sql`
      select robot.connection, coalesce(session.state::text, 'offline') as state, count(*)::int as count,
          extract(epoch from clock_timestamp() - min(session.online_at))::float8 as "oldestSeconds"
        from robots as robot
        left join sessions as session on session.robot_id = robot.id and session.state <> 'ended'
        where robot.deleted_at is null group by 1, 2`),
    waiting(sql`messages where state in ('queued', 'sending')`),
    waiting(sql`commands where state in ('queued', 'running')`),
    waiting(sql`callback_events where state = 'pending'`),
    db.execute<InstallationGauges['gatewayRefusals'][number]>(sql`
      select reason, sum(count)::float8 as count from gateway_refusals where reason <> 'test' group by reason`),
    db.execute<InstallationGauges['databaseConnections'][number]>(sql`
      select case when application_name like 'wxbot%' then application_name else 'other' end as application,
          coalesce(state, 'unknown') as state, count(*)::int as count
        from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' group by 1, 2`),
    db.execute<Rest>(sql`
      select (select count(*)::int from callback_endpoints where paused_at is not null) as paused,
        (select count(*)::int from callback_endpoints
          where paused_at is null and failure_count >= ${breakerFailures}) as failing,
        (select count(*)::int from workers where ${isWorkerAlive}) as "workerCount",
        pg_database_size(current_database())::float8 as "databaseBytes",
        current_setting('max_connections')::int as "maxConnections"`),
  ])
  const { paused = 0, failing = 0, workerCount = 0, databaseBytes = 0, maxConnections = 0 } = rest ?? {}
  return {
    robots: robots.map(({ connection, state, count }) => ({ connection, state, count })),
    sessions: robots.flatMap(({ connection, state, oldestSeconds }) =>
      state === 'online' && oldestSeconds !== null ? [{ connection, oldestSeconds }] : [],
    ),
    messages,
    commands,
    callbacks,
    endpoints: { paused, failing },
    gatewayRefusals: [...gatewayRefusals],
    workerCount,
    databaseBytes,
    databaseConnections: [...databaseConnections],
    maxDatabaseConnections: maxConnections,
  }
}
