import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listAmbiguities, type RoomTraits } from '@/lib/room/list-ambiguities'

export type RoomTraitsView = Omit<RoomTraits, 'seenAt' | 'lastMessage'> & {
  seenAt: string
  lastMessage: (Omit<NonNullable<RoomTraits['lastMessage']>, 'createdAt'> & { createdAt: string }) | null
}
export type AmbiguityView = { room: RoomTraitsView; candidates: (RoomTraitsView & { sharedCount: number | null })[] }

/** Lists a robot's rooms with an ambiguous match, each with its candidates. @throws AppError ROBOT_NOT_FOUND. */
export async function readAmbiguities({ db }: WebContext, robotId: string): Promise<AmbiguityView[]> {
  await getAnyRobotOrThrow(db, { robotId })
  const ambiguities = await listAmbiguities(db, { robotId })
  return ambiguities.map(({ room, candidates }) => ({
    room: viewTraits(room),
    candidates: candidates.map((candidate) => ({ ...viewTraits(candidate), sharedCount: candidate.sharedCount })),
  }))
}

function viewTraits({ id, name, memberCount, seenAt, lastMessage }: RoomTraits): RoomTraitsView {
  return {
    id,
    name,
    memberCount,
    seenAt: seenAt.toISOString(),
    lastMessage: lastMessage && { ...lastMessage, createdAt: lastMessage.createdAt.toISOString() },
  }
}
