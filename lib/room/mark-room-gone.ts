import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { rooms } from '../db/schema/room'

/** Marks a room gone that the robot left or was put out of. */
export async function markRoomGone(
  tx: Tx,
  { robotId, username }: { robotId: string; username: string },
): Promise<void> {
  await tx
    .update(rooms)
    .set({ goneAt: sql`clock_timestamp()` })
    .where(and(eq(rooms.robotId, robotId), eq(rooms.username, username)))
}
