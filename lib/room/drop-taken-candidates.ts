import { and, eq, inArray, isNotNull, notExists } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { roomCandidates, rooms } from '@/lib/db/schema/room'

/** Removes candidates that are matched to another room; an ambiguous room without candidates left counts as new. */
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
  const remaining = tx.select().from(roomCandidates).where(eq(roomCandidates.roomId, rooms.id))
  await tx
    .update(rooms)
    .set({ isAmbiguous: false })
    .where(and(inArray(rooms.id, roomIds), notExists(remaining)))
}
