import { and, eq, inArray, isNotNull, notExists } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { roomCandidates, rooms } from '../db/schema/room'

/** Takes rooms that are found by now off the lists of what others may be; whose list is empty then is simply new. */
export async function dropTakenCandidates(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const taken = tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), isNotNull(rooms.username)))
  const dropped = await tx
    .delete(roomCandidates)
    .where(inArray(roomCandidates.candidateId, taken))
    .returning({ roomId: roomCandidates.roomId })
  if (dropped.length === 0) return
  const roomIds = dropped.map(({ roomId }) => roomId)
  const left = tx.select().from(roomCandidates).where(eq(roomCandidates.roomId, rooms.id))
  await tx
    .update(rooms)
    .set({ isDoubtful: false })
    .where(and(inArray(rooms.id, roomIds), notExists(left)))
}
