import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { rooms } from '../db/schema/room'
import type { KnownRoom, SeenRoom } from './room-evidence'

/**
 * Reads the rooms of a robot's account, gone ones too, to find the seen ones among them. Member lists are long: they are read only
 * when a seen room is not found by its current `@@…`, and only of rooms that could be it.
 */
export async function loadKnownRooms(
  tx: Tx,
  { robotId, accountUin, seen }: { robotId: string; accountUin: string | null; seen: readonly SeenRoom[] },
): Promise<KnownRoom[]> {
  const { id, name, username, wechatId, headSeq, isDoubtful } = rooms
  const known = await tx
    .select({ id, name, username, wechatId, headSeq, isDoubtful })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), sql`${rooms.accountUin} is not distinct from ${accountUin}`))
  const settled = new Set(known.flatMap((room) => (room.isDoubtful ? [] : (room.username ?? []))))
  const stale = known.filter((room) => room.username === null).map((room) => room.id)
  if (stale.length === 0 || seen.every((room) => settled.has(room.username)))
    return known.map((room) => ({ ...room, members: null }))
  const lists = await tx.select({ id, members: rooms.members }).from(rooms).where(inArray(rooms.id, stale))
  const membersOf = new Map(lists.map((list) => [list.id, list.members]))
  return known.map((room) => ({ ...room, members: membersOf.get(room.id) ?? null }))
}
