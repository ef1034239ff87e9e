import { eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { roomCandidates, rooms } from '../db/schema/room'

/** Marks all rooms of a robot gone that is released for another account; should its old account come back, so do they (A7). */
export async function forgetRooms(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const ofRobot = tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.robotId, robotId))
  await tx.delete(roomCandidates).where(inArray(roomCandidates.roomId, ofRobot))
  await tx
    .update(rooms)
    .set({ username: null, isDoubtful: false, goneAt: sql`coalesce(${rooms.goneAt}, clock_timestamp())` })
    .where(eq(rooms.robotId, robotId))
}
