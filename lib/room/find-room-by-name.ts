import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { rooms } from '../db/schema/room'

/** A robot's room of exactly this name, for names that are given once; null when there is none now. */
export async function findRoomByName(
  db: Db,
  { robotId, name }: { robotId: string; name: string },
): Promise<string | null> {
  const [room] = await db
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), eq(rooms.name, name), isNull(rooms.goneAt)))
    .limit(1)
  return room?.id ?? null
}
