import { and, eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { roomCandidates, rooms } from '../db/schema/room'
import { AppError } from '../errors'
import { dropTakenCandidates } from './drop-taken-candidates'
import { lockRooms } from './lock-rooms'
import { mergeRooms } from './merge-rooms'
import { refreshBindings } from './refresh-bindings'

/**
 * Takes an operator's word on a doubtful room: it is `knownRoomId`, which then takes over all that came in meanwhile, or with null a
 * new one. Either way the id it had so far goes on to find it. Answers the room's id from now on.
 * @throws AppError NOT_FOUND for a room the robot does not have, ILLEGAL_ACTION when it is decided already or was never that one.
 */
export async function decideDoubt(
  tx: Tx,
  { robotId, roomId, knownRoomId }: { robotId: string; roomId: string; knownRoomId: string | null },
): Promise<{ roomId: string }> {
  await lockRooms(tx, { robotId })
  const [room] = await tx
    .select()
    .from(rooms)
    .where(and(eq(rooms.id, roomId), eq(rooms.robotId, robotId)))
  if (!room) throw new AppError('NOT_FOUND', '微信群不存在，可能已经认出')
  if (!room.isDoubtful) throw new AppError('ILLEGAL_ACTION', '这个群已经认出，不需要再选择')
  if (knownRoomId === null) {
    await tx.delete(roomCandidates).where(eq(roomCandidates.roomId, roomId))
    await tx.update(rooms).set({ isDoubtful: false }).where(eq(rooms.id, roomId))
    return { roomId }
  }
  const [candidate] = await tx
    .select({ known: rooms })
    .from(roomCandidates)
    .innerJoin(rooms, eq(rooms.id, roomCandidates.candidateId))
    .where(and(eq(roomCandidates.roomId, roomId), eq(rooms.id, knownRoomId)))
  if (!candidate) throw new AppError('ILLEGAL_ACTION', '所选的群已不在候选之中，请刷新后再选')
  const { known } = candidate
  await mergeRooms(tx, { robotId, fromId: roomId, intoId: known.id })
  const { username, memberCount, goneAt, seenAt } = room
  const evidence = {
    name: room.name || known.name,
    wechatId: room.wechatId ?? known.wechatId,
    headSeq: room.headSeq ?? known.headSeq,
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
