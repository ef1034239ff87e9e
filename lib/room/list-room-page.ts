import { and, asc, desc, eq, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import type { Db } from '../db/client'
import { readPage } from '../db/read-page'
import { bindings, rooms } from '../db/schema/room'
import type { Page, Paged } from '../paging'

const isBound = sql<boolean>`coalesce(${bindings.isBound}, false)`

const kinds = {
  bound: and(isNull(rooms.goneAt), isBound),
  unbound: and(isNull(rooms.goneAt), sql`not ${isBound}`),
  /** Bound because its name ends as the agent_id does. */
  by_rule: and(isNull(rooms.goneAt), isBound, eq(bindings.source, 'rule')),
  /** An operator has bound or unbound it. */
  by_hand: and(isNull(rooms.goneAt), eq(bindings.source, 'operator')),
  doubtful: and(isNull(rooms.goneAt), rooms.isDoubtful),
  gone: isNotNull(rooms.goneAt),
}

export type RoomKind = keyof typeof kinds
export const roomKinds = Object.keys(kinds) as RoomKind[]

const orders = { name: rooms.name, members: rooms.memberCount, seen: rooms.seenAt }

export type RoomSort = keyof typeof orders
export const roomSorts = Object.keys(orders) as RoomSort[]

type Wanted = Page & {
  robotId: string
  /** None: all that WeChat shows. */
  kind?: RoomKind | undefined
  /** Part of its name, or its whole id. */
  search?: string | undefined
  sort: { by: RoomSort; isDescending: boolean }
}

/** Lists a page of a robot's rooms as stored. */
export async function listRoomPage(db: Db, wanted: Wanted) {
  const { robotId, kind, search, sort } = wanted
  const found = search ? or(eq(rooms.id, search), ilike(rooms.name, containing(search))) : undefined
  const isWanted = kind ? kinds[kind] : isNull(rooms.goneAt)
  const direction = sort.isDescending ? desc : asc
  const orderBy = [direction(orders[sort.by]), asc(rooms.id)]
  return readPage(db, () => selectRooms(db, and(eq(rooms.robotId, robotId), isWanted, found)), { ...wanted, orderBy })
}

function selectRooms(db: Db, which: SQL | undefined) {
  return db
    .select({
      id: rooms.id,
      name: rooms.name,
      memberCount: rooms.memberCount,
      isDoubtful: rooms.isDoubtful,
      isBound: isBound.as('is_bound_now'),
      bindingSource: bindings.source,
      goneAt: rooms.goneAt,
      seenAt: rooms.seenAt,
    })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(which)
    .$dynamic()
}

export type RoomRow = Awaited<ReturnType<typeof listRoomPage>> extends Paged<infer Row> ? Row : never

/** Counts the rooms of a robot that WeChat shows, and how many of them are bound. */
export async function countRooms(db: Db, { robotId }: { robotId: string }): Promise<{ all: number; bound: number }> {
  const [counts] = await db
    .select({ all: sql<number>`count(*)::int`, bound: sql<number>`(count(*) filter (where ${isBound}))::int` })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt)))
  return counts ?? { all: 0, bound: 0 }
}
