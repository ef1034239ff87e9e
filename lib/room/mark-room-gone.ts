import { recordRobotChanges } from '@/lib/callback/event/robot-changes'
import { and, eq, sql, inArray } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { rooms, roomCandidates } from '@/lib/db/schema/room'

/** Marks a room that the robot left or was removed from as gone. */
export async function markRoomGone(
  tx: Tx,
  { robotId, username }: { robotId: string; username: string },
): Promise<void> {
  await recordRobotChanges(tx, { robotId })
  await tx
    .update(rooms)
    .set({ goneAt: sql`clock_timestamp()` })
    .where(and(eq(rooms.robotId, robotId), eq(rooms.username, username)))
}

/** Marks all rooms of a robot as gone when it is released; they return if the previous account logs in again (A7). */
export async function markRoomsGone(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await recordRobotChanges(tx, { robotId })
  const ofRobot = tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.robotId, robotId))
  await tx.delete(roomCandidates).where(inArray(roomCandidates.roomId, ofRobot))
  await tx
    .update(rooms)
    .set({ username: null, isAmbiguous: false, goneAt: sql`coalesce(${rooms.goneAt}, clock_timestamp())` })
    .where(eq(rooms.robotId, robotId))
}
