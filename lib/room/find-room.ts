import { and, eq, inArray, or } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { rooms, roomUsernames } from '@/lib/db/schema/room'

/**
 * Finds a room to read its past by its id, a current or previous WeChat id, or the id of a room merged into it; unlike
 * `findTarget`, also one that is gone. null: none of this robot. Spec: A9 (durable room ids).
 */
export async function findRoom(
  db: Db,
  { robotId, room }: { robotId: string; room: string },
): Promise<{ id: string; memberCount: number } | null> {
  const known = db
    .select({ id: roomUsernames.roomId })
    .from(roomUsernames)
    .where(and(eq(roomUsernames.robotId, robotId), eq(roomUsernames.username, room)))
  const [match] = await db
    .select({ id: rooms.id, memberCount: rooms.memberCount })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), or(eq(rooms.id, room), inArray(rooms.id, known))))
    .limit(1)
  return match ?? null
}
