import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bindings, rooms } from '../db/schema/room'

/** A robot's rooms as stored, by name; those that are gone are left out. */
export async function listRooms(db: Db, { robotId }: { robotId: string }) {
  return db
    .select({
      id: rooms.id,
      name: rooms.name,
      username: rooms.username,
      memberCount: rooms.memberCount,
      isDoubtful: rooms.isDoubtful,
      isBound: sql<boolean>`coalesce(${bindings.isBound}, false)`,
      bindingSource: bindings.source,
      seenAt: rooms.seenAt,
    })
    .from(rooms)
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt)))
    .orderBy(asc(rooms.name), asc(rooms.id))
}
