import { and, asc, eq, isNull, sql, isNotNull, desc, ilike, or, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { buildOnce } from '@/lib/db/prepare-statements'
import { bindings, rooms } from '@/lib/db/schema/room'
import { likePattern } from '@/lib/db/like-pattern'
import { readPage } from '@/lib/db/read-page'
import type { Page, Paged } from '@/lib/paging'

const listRoomsOf = buildOnce((db) =>
  db
    .select({
      id: rooms.id,
      name: rooms.name,
      username: rooms.username,
      memberCount: rooms.memberCount,
      isAmbiguous: rooms.isAmbiguous,
      isBound: sql<boolean>`coalesce(${bindings.isBound}, false)`,
      bindingSource: bindings.source,
      seenAt: rooms.seenAt,
    })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, sql.placeholder('robotId')), isNull(rooms.goneAt)))
    .orderBy(asc(rooms.name), asc(rooms.id)),
)

/** Lists a robot's stored rooms by name, except those that are gone. */
export async function listRooms(db: Db, { robotId }: { robotId: string }) {
  return listRoomsOf(db, { robotId })
}

/** Lists a robot's bound rooms that are known in the current login, with their current `@@…`. Spec: 获取绑定微信群列表. */
export async function listBoundRooms(
  db: Db,
  { robotId }: { robotId: string },
): Promise<{ id: string; name: string; username: string }[]> {
  const rows = await db
    .select({ id: rooms.id, name: rooms.name, username: rooms.username })
    .from(rooms)
    .innerJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt), eq(bindings.isBound, true), isNotNull(rooms.username)))
    .orderBy(asc(rooms.name), asc(rooms.id))
  return rows.map((room) => ({ ...room, username: room.username ?? '' }))
}

const maxNamesakes = 10

/** Returns a robot's current rooms with exactly this name, oldest first. Any person can choose a name, so it proves nothing alone. */
export async function findRoomsByName(
  db: Db,
  { robotId, name }: { robotId: string; name: string },
): Promise<{ id: string; username: string }[]> {
  const rows = await db
    .select({ id: rooms.id, username: rooms.username })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), eq(rooms.name, name), isNull(rooms.goneAt), isNotNull(rooms.username)))
    .orderBy(asc(rooms.createdAt), asc(rooms.id))
    .limit(maxNamesakes)
  return rows.flatMap(({ id, username }) => (username === null ? [] : [{ id, username }]))
}

const isBound = sql<boolean>`coalesce(${bindings.isBound}, false)`

const kindConditions = {
  bound: and(isNull(rooms.goneAt), isBound),
  unbound: and(isNull(rooms.goneAt), sql`not ${isBound}`),
  /** Bound because its name matches the agent_id. */
  by_rule: and(isNull(rooms.goneAt), isBound, eq(bindings.source, 'rule')),
  /** Bound by a name that a stranger may have chosen, and not reviewed by an operator. */
  unreviewed: and(isNull(rooms.goneAt), isBound, eq(bindings.isUnreviewed, true)),
  /** Bound or unbound by an operator. */
  by_hand: and(isNull(rooms.goneAt), eq(bindings.source, 'operator')),
  ambiguous: and(isNull(rooms.goneAt), rooms.isAmbiguous),
  gone: isNotNull(rooms.goneAt),
}

export type RoomKind = keyof typeof kindConditions
export const roomKinds = Object.keys(kindConditions) as RoomKind[]

const orders = { name: rooms.name, members: rooms.memberCount, seen: rooms.seenAt }

export type RoomSort = keyof typeof orders
export const roomSorts = Object.keys(orders) as RoomSort[]

type RoomFilters = Page & {
  robotId: string
  /** undefined: all except gone rooms. */
  kind?: RoomKind | undefined
  /** Part of the name, or the complete id. */
  search?: string | undefined
  sort: { by: RoomSort; isDescending: boolean }
}

export async function listRoomPage(db: Db, filters: RoomFilters) {
  const { robotId, kind, search, sort } = filters
  const matchesSearch = search ? or(eq(rooms.id, search), ilike(rooms.name, likePattern(search))) : undefined
  const matchesKind = kind ? kindConditions[kind] : isNull(rooms.goneAt)
  const direction = sort.isDescending ? desc : asc
  const orderBy = [direction(orders[sort.by]), asc(rooms.id)]
  return readPage(db, () => selectRooms(db, and(eq(rooms.robotId, robotId), matchesKind, matchesSearch)), {
    ...filters,
    orderBy,
  })
}

function selectRooms(db: Db, where: SQL | undefined) {
  return db
    .select({
      id: rooms.id,
      name: rooms.name,
      memberCount: rooms.memberCount,
      isAmbiguous: rooms.isAmbiguous,
      isBound: isBound.as('is_bound_now'),
      bindingSource: bindings.source,
      isUnreviewed: sql<boolean>`coalesce(${bindings.isUnreviewed}, false)`.as('is_unreviewed_now'),
      goneAt: rooms.goneAt,
      seenAt: rooms.seenAt,
    })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(where)
    .$dynamic()
}

export type RoomRow = Awaited<ReturnType<typeof listRoomPage>> extends Paged<infer Row> ? Row : never

export type RoomCounts = { all: number; bound: number; unreviewed: number }

/** Counts a robot's rooms that are not gone, how many are bound, and how many are bound by a name that is not reviewed. */
export async function countRooms(db: Db, { robotId }: { robotId: string }): Promise<RoomCounts> {
  const [counts] = await db
    .select({
      all: sql<number>`count(*)::int`,
      bound: sql<number>`(count(*) filter (where ${isBound}))::int`,
      unreviewed: sql<number>`(count(*) filter (where ${isBound} and ${bindings.isUnreviewed}))::int`,
    })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt)))
  return counts ?? { all: 0, bound: 0, unreviewed: 0 }
}
