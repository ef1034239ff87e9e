import { asc, desc, eq, ilike, or, sql } from 'drizzle-orm'
import { containing } from '@/lib/db/containing'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { robots } from '@/lib/db/schema/robot'
import { readPage } from '@/lib/db/read-page'
import type { Page, Paged } from '@/lib/paging'
import { robotStatusOf, type RobotStatus, type RobotView, selectRobotViews } from './robot-view'

/** What needs a hand first, then what works, then what rests. */
const statusOrder = sql`array_position(
  array['waiting_confirm', 'waiting_scan', 'reconnecting', 'online', 'offline'], ${robotStatusOf})`

const orders = {
  created: robots.createdAt,
  name: sql`coalesce(nullif(${robots.nickname}, ''), ${robots.username})`,
  status: statusOrder,
}

export const robotSorts = Object.keys(orders) as RobotSort[]
export type RobotSort = keyof typeof orders

type Wanted = Page & {
  applicationId?: string | undefined
  status?: RobotStatus | undefined
  /** Part of a nickname, a 微信号, an agent_id or the application's name, or the robot's id. */
  search?: string | undefined
  sort: { by: RobotSort; isDescending: boolean }
}

/** Lists a page of the robots that are wanted, of all applications: for operators. */
export async function listRobotPage(db: Db, wanted: Wanted): Promise<Paged<RobotView>> {
  const { applicationId, status, search, sort } = wanted
  const pattern = containing(search ?? '')
  const found = or(
    eq(robots.id, search ?? ''),
    ...[robots.nickname, robots.username, robots.agentId].map((column) => ilike(column, pattern)),
    sql`${robots.applicationId} in (select id from ${applications} where name ilike ${pattern})`,
  )
  const select = () =>
    selectRobotViews(
      db,
      applicationId ? eq(robots.applicationId, applicationId) : undefined,
      status && sql`${robotStatusOf} = ${status}`,
      search ? found : undefined,
    ).$dynamic()
  const direction = sort.isDescending ? desc : asc
  return readPage(db, select, { ...wanted, orderBy: [direction(orders[sort.by]), desc(robots.id)] })
}
