import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { roomMembers } from '@/lib/db/schema/address-book'
import { rooms } from '@/lib/db/schema/room'

type ReadMember = { username: string; nickname: string }

/** Maximum members of a room that are stored; WeChat allows 500. */
const maxMembers = 2_000

/** Replaces the stored members of a room by those that WeChat listed now. */
export async function storeRoomMembers(
  tx: Tx,
  { robotId, roomId, members }: { robotId: string; roomId: string; members: readonly ReadMember[] },
): Promise<void> {
  const isRoom = and(eq(rooms.id, roomId), eq(rooms.robotId, robotId))
  const [room] = await tx
    .update(rooms)
    .set({ membersReadAt: sql`clock_timestamp()` })
    .where(isRoom)
    .returning({ id: rooms.id })
  if (!room) return
  await tx.delete(roomMembers).where(eq(roomMembers.roomId, roomId))
  const unique = [...new Map(members.map((member) => [member.username, member])).values()].slice(0, maxMembers)
  if (unique.length === 0) return
  await tx
    .insert(roomMembers)
    .values(unique.map(({ username, nickname }, position) => ({ roomId, username, nickname, position })))
}

/** Returns the age of a room's stored member list in seconds. null: it was not read in this login. */
export async function membersAgeSeconds(db: Db, { roomId }: { roomId: string }): Promise<number | null> {
  const ageSeconds = sql<
    number | null
  >`extract(epoch from clock_timestamp() - ${rooms.membersReadAt})::double precision`
  const [room] = await db.select({ ageSeconds }).from(rooms).where(eq(rooms.id, roomId))
  return room?.ageSeconds ?? null
}

/** Deletes the stored members of all rooms of a robot: their ids are invalid in the new login. */
export async function clearRoomMembers(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const read = await tx
    .update(rooms)
    .set({ membersReadAt: null })
    .where(and(eq(rooms.robotId, robotId), sql`${rooms.membersReadAt} is not null`))
    .returning({ id: rooms.id })
  const roomIds = read.map(({ id }) => id)
  if (roomIds.length > 0) await tx.delete(roomMembers).where(inArray(roomMembers.roomId, roomIds))
}
