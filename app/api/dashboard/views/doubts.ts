import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listDoubts, type RoomFace } from '@/lib/room/list-doubts'

export type FaceView = Omit<RoomFace, 'seenAt' | 'lastMessage'> & {
  seenAt: string
  lastMessage: (Omit<NonNullable<RoomFace['lastMessage']>, 'createdAt'> & { createdAt: string }) | null
}
export type DoubtView = { room: FaceView; candidates: (FaceView & { sharedCount: number | null })[] }

/** A robot's rooms that an operator has to know again. @throws AppError ROBOT_NOT_FOUND. */
export async function readDoubts({ db }: WebContext, robotId: string): Promise<DoubtView[]> {
  await getAnyRobotOrThrow(db, { robotId })
  const doubts = await listDoubts(db, { robotId })
  return doubts.map(({ room, candidates }) => ({
    room: viewFace(room),
    candidates: candidates.map((candidate) => ({ ...viewFace(candidate), sharedCount: candidate.sharedCount })),
  }))
}

function viewFace({ id, name, memberCount, seenAt, lastMessage }: RoomFace): FaceView {
  return {
    id,
    name,
    memberCount,
    seenAt: seenAt.toISOString(),
    lastMessage: lastMessage && { ...lastMessage, createdAt: lastMessage.createdAt.toISOString() },
  }
}
