import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import { robotStatusOf, type RobotStatus } from './robot-view'

/** Counts robots by status; a status that none has is 0. */
export async function countRobots(db: Db): Promise<Record<RobotStatus, number>> {
  const rows = await db
    .select({ status: robotStatusOf, count: sql<number>`count(*)::int` })
    .from(robots)
    .leftJoin(sessions, and(eq(sessions.robotId, robots.id), ne(sessions.state, 'ended')))
    .where(isNull(robots.deletedAt))
    .groupBy(sql`1`)
  const none = { online: 0, waiting_scan: 0, waiting_confirm: 0, reconnecting: 0, offline: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) }
}
