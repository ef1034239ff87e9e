import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'

/** State of the whole installation now, for monitoring. Ages are in seconds; 0: nothing waits. */
export type InstallationGauges = {
  /** Robots without a session that has not ended are `offline`. */
  robots: { connection: RobotConnection; state: string; count: number }[]
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
}
type Waiting = { count: number; oldestSeconds: number }

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
  const [robots, messages, commands, callbacks, gatewayRefusals, [rest]] = await Promise.all([
    db.execute<InstallationGauges['robots'][number]>(sql`
      select robot.connection, coalesce(session.state::text, 'offline') as state, count(*)::int as count
        from robots as robot
        left join sessions as session on session.robot_id = robot.id and session.state <> 'ended'
        where robot.deleted_at is null group by 1, 2`),
    waiting(sql`messages where state in ('queued', 'sending')`),
    waiting(sql`commands where state in ('queued', 'running')`),
    waiting(sql`callback_events where state = 'pending'`),
    db.execute<InstallationGauges['gatewayRefusals'][number]>(sql`
      select reason, sum(count)::float8 as count from gateway_refusals where reason <> 'test' group by reason`),
    db.execute<{ paused: number; failing: number; workerCount: number; databaseBytes: number }>(sql`
      select (select count(*)::int from callback_endpoints where paused_at is not null) as paused,
        (select count(*)::int from callback_endpoints
          where paused_at is null and failure_count >= ${breakerFailures}) as failing,
        (select count(*)::int from workers where ${isWorkerAlive}) as "workerCount",
        pg_database_size(current_database())::float8 as "databaseBytes"`),
  ])
  const { paused = 0, failing = 0, workerCount = 0, databaseBytes = 0 } = rest ?? {}
  return {
    robots: [...robots],
    messages,
    commands,
    callbacks,
    endpoints: { paused, failing },
    gatewayRefusals: [...gatewayRefusals],
    workerCount,
    databaseBytes,
  }
}
