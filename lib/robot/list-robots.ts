import { desc, eq, asc, ilike, or, sql, and, isNull, ne, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { type RobotRow, selectRobots, robotStatusOf, type RobotStatus } from '@/lib/robot/robot-view'
import { likePattern } from '@/lib/db/like-pattern'
import { applications } from '@/lib/db/schema/application'
import { readPage } from '@/lib/db/read-page'
import type { Page, Paged } from '@/lib/paging'
import { sessions } from '@/lib/db/schema/session'

/** Lists robots, newest first, of one application or of all. */
export async function listRobots(db: Db, options: { applicationId?: string | undefined } = {}): Promise<RobotRow[]> {
  const { applicationId } = options
  const ofApplication = applicationId === undefined ? undefined : eq(robots.applicationId, applicationId)
  return selectRobots(db, ofApplication).orderBy(desc(robots.createdAt), desc(robots.id))
}

/** Matches part of the nickname, the 微信号 or the agent_id, or the complete id. */
export function matchesText(search: string): SQL | undefined {
  const pattern = likePattern(search)
  const columns = [robots.nickname, robots.username, robots.agentId]
  return or(eq(robots.id, search), ...columns.map((column) => ilike(column, pattern)))
}

/** Robots that need attention first, then online ones, then offline ones. */
const statusOrder = sql`array_position(
  array['waiting_code', 'waiting_confirm', 'waiting_scan', 'reconnecting', 'online', 'offline'], ${robotStatusOf})`

const orders = {
  created: robots.createdAt,
  name: sql`coalesce(nullif(${robots.nickname}, ''), ${robots.username})`,
  status: statusOrder,
}

export const robotSorts = Object.keys(orders) as RobotSort[]
export type RobotSort = keyof typeof orders

type RobotFilters = Page & {
  applicationId?: string | undefined
  status?: RobotStatus | undefined
  /** Part of the nickname, the 微信号, the agent_id or the application's name, or the complete id. */
  search?: string | undefined
  sort: { by: RobotSort; isDescending: boolean }
}

export async function listRobotPage(db: Db, filters: RobotFilters): Promise<Paged<RobotRow>> {
  const { applicationId, status, search, sort } = filters
  const matchesSearch = or(
    matchesText(search ?? ''),
    sql`${robots.applicationId} in (select id from ${applications} where name ilike ${likePattern(search ?? '')})`,
  )
  const select = () =>
    selectRobots(
      db,
      applicationId ? eq(robots.applicationId, applicationId) : undefined,
      status && sql`${robotStatusOf} = ${status}`,
      search ? matchesSearch : undefined,
    ).$dynamic()
  const direction = sort.isDescending ? desc : asc
  return readPage(db, select, { ...filters, orderBy: [direction(orders[sort.by]), desc(robots.id)] })
}

/** Counts robots by status, with 0 for a status without robots. */
export async function countRobots(db: Db): Promise<Record<RobotStatus, number>> {
  const rows = await db
    .select({ status: robotStatusOf, count: sql<number>`count(*)::int` })
    .from(robots)
    .leftJoin(sessions, and(eq(sessions.robotId, robots.id), ne(sessions.state, 'ended')))
    .where(isNull(robots.deletedAt))
    .groupBy(sql`1`)
  const none = { online: 0, waiting_scan: 0, waiting_code: 0, waiting_confirm: 0, reconnecting: 0, offline: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) }
}
