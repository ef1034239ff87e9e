import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { rooms } from '@/lib/db/schema/room'

export type RoomNames = Map<string, { name: string; isGone: boolean }>

/** Returns the name of every room that a robot ever had, by room id. */
export async function listRoomNames(db: Db, { robotId }: { robotId: string }): Promise<RoomNames> {
  const rows = await db
    .select({ id: rooms.id, name: rooms.name, goneAt: rooms.goneAt })
    .from(rooms)
    .where(eq(rooms.robotId, robotId))
  return new Map(rows.map(({ id, name, goneAt }) => [id, { name, isGone: goneAt !== null }]))
}

export type RoomChanges = { roomCount: number; newCount: number; goneCount: number; renamedCount: number }

/** Counts the differences between two results of `listRoomNames`; a room that came back is new. */
export function countRoomChanges(before: RoomNames, after: RoomNames): RoomChanges {
  const present = [...after].filter(([, room]) => !room.isGone)
  const isNew = ([id]: [string, unknown]) => before.get(id)?.isGone ?? true
  return {
    roomCount: present.length,
    newCount: present.filter(isNew).length,
    goneCount: [...after].filter(([id, room]) => room.isGone && before.get(id)?.isGone === false).length,
    renamedCount: present.filter((room) => !isNew(room) && before.get(room[0])?.name !== room[1].name).length,
  }
}
