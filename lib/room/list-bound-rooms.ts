import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bindings, rooms } from '../db/schema/room'

/** A robot's bound rooms that WeChat shows now, with their current `@@…`. Spec: 获取绑定微信群列表. */
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
