import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { rooms } from '../db/schema/room'
import type { CountedRoom } from './room-evidence'

/**
 * Finds our ids of rooms that are as they were; null when anything about them is new. Most batches are a message in a room that is as it
 * was: their rooms are read by name alone, not the whole list. Who exactly is in them is looked at when the list is complete.
 */
export async function findUnchanged(
  tx: Tx,
  { robotId, seen }: { robotId: string; seen: readonly CountedRoom[] },
): Promise<Map<string, string> | null> {
  if (seen.length === 0) return new Map()
  const usernames = seen.map((room) => room.username)
  const { id, username, name, memberCount, wechatId, headSeq } = rooms
  const hasMembers = sql<boolean>`${rooms.members} is not null`
  const current = await tx
    .select({ id, username, name, memberCount, wechatId, headSeq, hasMembers })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), inArray(rooms.username, usernames), isNull(rooms.goneAt)))
  const isUnchanged = seen.every((room) =>
    current.some(
      (known) =>
        known.username === room.username &&
        (room.name === '' || known.name === room.name) &&
        known.memberCount === room.memberCount &&
        (room.wechatId === null || known.wechatId === room.wechatId) &&
        (room.headSeq === null || known.headSeq === room.headSeq) &&
        (known.hasMembers || !room.members?.length),
    ),
  )
  return isUnchanged ? new Map(current.map((room) => [room.username ?? '', room.id])) : null
}
