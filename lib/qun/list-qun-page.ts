import { and, asc, desc, eq, ilike, or, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import type { Db } from '../db/client'
import { readPage } from '../db/read-page'
import { contacts } from '../db/schema/contact'
import { quns } from '../db/schema/qun'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'
import type { Page, Paged } from '../paging'
import { type QunStatus, qunStatusOf, type QunView, selectQunViews } from './qun-view'

const orders = {
  created: quns.createdAt,
  name: sql`coalesce(${rooms.name}, ${quns.name})`,
  members: sql`coalesce(${rooms.memberCount}, 0)`,
}

export type QunSort = keyof typeof orders
export const qunSorts = Object.keys(orders) as QunSort[]

type Wanted = Page & {
  status?: QunStatus | undefined
  /** Its assistant. */
  robotId?: string | undefined
  /** Part of its number, its name, its owner's or its assistant's name; or its whole id. */
  search?: string | undefined
  sort: { by: QunSort; isDescending: boolean }
}

/** Lists a page of the quns that are wanted. */
export async function listQunPage(db: Db, wanted: Wanted): Promise<Paged<QunView>> {
  const { status, robotId, search, sort } = wanted
  const pattern = containing(search ?? '')
  const texts = [
    quns.number,
    quns.name,
    quns.ownerName,
    rooms.name,
    contacts.nickname,
    robots.nickname,
    robots.username,
  ]
  const found = or(eq(quns.id, search ?? ''), ...texts.map((column) => ilike(column, pattern)))
  const isWanted = and(
    status && sql`${qunStatusOf} = ${status}`,
    robotId ? eq(quns.robotId, robotId) : undefined,
    search ? found : undefined,
  )
  const direction = sort.isDescending ? desc : asc
  const orderBy = [direction(orders[sort.by]), desc(quns.id)]
  return readPage(db, () => selectQunViews(db).where(isWanted), { ...wanted, orderBy })
}
