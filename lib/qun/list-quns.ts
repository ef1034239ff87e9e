import { and, asc, desc, eq, ilike, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { type QunView, selectQunViews, type QunStatus, qunStatusOf } from '@/lib/qun/qun-view'
import { likePattern } from '@/lib/db/like-pattern'
import { readPage } from '@/lib/db/read-page'
import { contacts } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { Page, Paged } from '@/lib/paging'

/** Lists quns, newest first, of all assistants or of one. */
export async function listQuns(
  db: Db,
  { robotId, limit = 200 }: { robotId?: string | undefined; limit?: number } = {},
): Promise<QunView[]> {
  const ofRobot = robotId === undefined ? undefined : eq(quns.robotId, robotId)
  return selectQunViews(db).where(ofRobot).orderBy(desc(quns.createdAt), desc(quns.id)).limit(limit)
}

const orders = {
  created: quns.createdAt,
  name: sql`coalesce(${rooms.name}, ${quns.name})`,
  members: sql`coalesce(${rooms.memberCount}, 0)`,
}

export type QunSort = keyof typeof orders
export const qunSorts = Object.keys(orders) as QunSort[]

export type QunFilters = {
  status?: QunStatus | undefined
  robotId?: string | undefined
  /** Part of the number, the name, the owner's or the assistant's name, or the complete id. */
  search?: string | undefined
}

export function matchesQun({ status, robotId, search }: QunFilters): SQL | undefined {
  const pattern = likePattern(search ?? '')
  const texts = [
    quns.number,
    quns.name,
    quns.ownerName,
    rooms.name,
    contacts.nickname,
    robots.nickname,
    robots.username,
  ]
  const matchesSearch = or(eq(quns.id, search ?? ''), ...texts.map((column) => ilike(column, pattern)))
  return and(
    status && sql`${qunStatusOf} = ${status}`,
    robotId ? eq(quns.robotId, robotId) : undefined,
    search ? matchesSearch : undefined,
  )
}

export async function listQunPage(
  db: Db,
  filters: QunFilters & Page & { sort: { by: QunSort; isDescending: boolean } },
): Promise<Paged<QunView>> {
  const { sort } = filters
  const direction = sort.isDescending ? desc : asc
  const orderBy = [direction(orders[sort.by]), desc(quns.id)]
  return readPage(db, () => selectQunViews(db).where(matchesQun(filters)), { ...filters, orderBy })
}
