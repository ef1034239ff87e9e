import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { isAnyOf } from '@/lib/db/is-any-of'
import { rooms } from '@/lib/db/schema/room'
import type { CountedRoom, KnownRoom, SeenRoom } from '@/lib/room/room-evidence'

/**
 * Returns the ids of rooms that are stored as seen, by `@@…`; null: something changed. Most batches contain one message in an unchanged
 * room, so this reads only the seen rooms. It compares member counts; the member lists are compared by a complete sync.
 */
export async function findUnchangedRooms(
  tx: Tx,
  { robotId, seen }: { robotId: string; seen: readonly CountedRoom[] },
): Promise<Map<string, string> | null> {
  if (seen.length === 0) return new Map()
  const usernames = seen.map((room) => room.username)
  const { id, username, name, memberCount, wechatId, headSeq, isOwn } = rooms
  const hasMembers = sql<boolean>`${rooms.members} is not null`
  const current = await tx
    .select({ id, username, name, memberCount, wechatId, headSeq, isOwn, hasMembers })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), isAnyOf(rooms.username, usernames), isNull(rooms.goneAt)))
  const isUnchanged = seen.every((room) =>
    current.some(
      (known) =>
        known.username === room.username &&
        (room.name === '' || known.name === room.name) &&
        (room.memberCount === 0 || known.memberCount === room.memberCount) &&
        (room.wechatId === null || known.wechatId === room.wechatId) &&
        (room.headSeq === null || known.headSeq === room.headSeq) &&
        ((room.isOwn ?? null) === null || known.isOwn === room.isOwn) &&
        (known.hasMembers || !room.members?.length),
    ),
  )
  return isUnchanged ? new Map(current.map((room) => [room.username ?? '', room.id])) : null
}

/**
 * Loads all rooms of a robot's account, including gone ones. Member lists are long: they are loaded only if a seen room is not
 * known by its current `@@…`, and only for rooms that could be it.
 */
export async function loadKnownRooms(
  tx: Tx,
  { robotId, accountUin, seen }: { robotId: string; accountUin: string | null; seen: readonly SeenRoom[] },
): Promise<KnownRoom[]> {
  const { id, name, username, wechatId, headSeq, isOwn, isAmbiguous } = rooms
  const known = await tx
    .select({ id, name, username, wechatId, headSeq, isOwn, isAmbiguous })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), sql`${rooms.accountUin} is not distinct from ${accountUin}`))
  const identified = new Set(known.flatMap((room) => (room.isAmbiguous ? [] : (room.username ?? []))))
  const stale = known.filter((room) => room.username === null).map((room) => room.id)
  if (stale.length === 0 || seen.every((room) => identified.has(room.username)))
    return known.map((room) => ({ ...room, members: null }))
  const lists = await tx.select({ id, members: rooms.members }).from(rooms).where(inArray(rooms.id, stale))
  const membersOf = new Map(lists.map((list) => [list.id, list.members]))
  return known.map((room) => ({ ...room, members: membersOf.get(room.id) ?? null }))
}
