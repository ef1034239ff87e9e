import { recordRobotChanges } from '@/lib/callback/event/robot-changes'
import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { roomCandidates, rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'
import { dropTakenCandidates } from '@/lib/room/drop-taken-candidates'
import { lockRooms } from '@/lib/room/lock-rooms'
import { mergeRooms } from '@/lib/room/merge-rooms'
import { refreshBindings } from '@/lib/room/refresh-bindings'

/**
 * Records an operator's decision on an ambiguous match: the room is `knownRoomId`, which takes over everything stored since, or with
 * null a new room. Its previous id still resolves to it. Returns the room's id.
 * @throws AppError NOT_FOUND if the robot has no such room, ILLEGAL_ACTION if it is decided already or `knownRoomId` is not a candidate.
 */
export async function resolveAmbiguity(
  tx: Tx,
  { robotId, roomId, knownRoomId }: { robotId: string; roomId: string; knownRoomId: string | null },
): Promise<{ roomId: string }> {
  await recordRobotChanges(tx, { robotId })
  await lockRooms(tx, { robotId })
  const [room] = await tx
    .select()
    .from(rooms)
    .where(and(eq(rooms.id, roomId), eq(rooms.robotId, robotId)))
  if (!room) throw new AppError('NOT_FOUND', { reason: 'room_not_found_or_decided' })
  if (!room.isAmbiguous) throw new AppError('ILLEGAL_ACTION', { reason: 'room_decided' })
  if (knownRoomId === null) {
    await tx.delete(roomCandidates).where(eq(roomCandidates.roomId, roomId))
    await tx.update(rooms).set({ isAmbiguous: false }).where(eq(rooms.id, roomId))
    return { roomId }
  }
  const [candidate] = await tx
    .select({ known: rooms })
    .from(roomCandidates)
    .innerJoin(rooms, eq(rooms.id, roomCandidates.candidateId))
    .where(and(eq(roomCandidates.roomId, roomId), eq(rooms.id, knownRoomId)))
  if (!candidate) throw new AppError('ILLEGAL_ACTION', { reason: 'candidate_not_found' })
  const { known } = candidate
  await mergeRooms(tx, { robotId, fromId: roomId, intoId: known.id })
  const { username, memberCount, goneAt, seenAt } = room
  const evidence = {
    name: room.name || known.name,
    wechatId: room.wechatId ?? known.wechatId,
    headSeq: room.headSeq ?? known.headSeq,
    isOwn: room.isOwn ?? known.isOwn,
    members: room.members ?? known.members,
  }
  await tx
    .update(rooms)
    .set({ ...evidence, username, memberCount, goneAt, seenAt })
    .where(eq(rooms.id, known.id))
  await dropTakenCandidates(tx, { robotId })
  await refreshBindings(tx, { robotId, roomIds: [known.id] })
  return { roomId: known.id }
}
