import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { roomCandidates, rooms } from '@/lib/db/schema/room'
import { compareMembers } from '@/lib/room/room-evidence'

/** Traits by which an operator recognizes a room. */
export type RoomTraits = {
  id: string
  name: string
  memberCount: number
  seenAt: Date
  lastMessage: { senderName: string; type: 'text' | 'image' | 'other'; content: string; createdAt: Date } | null
}
/** A room with an ambiguous match, and its candidates; `sharedCount`: members in both rooms, null: a member list is unknown. */
export type Ambiguity = { room: RoomTraits; candidates: (RoomTraits & { sharedCount: number | null })[] }

/** Lists a robot's rooms whose match an operator has to decide. */
export async function listAmbiguities(db: Db, { robotId }: { robotId: string }): Promise<Ambiguity[]> {
  const pairs = await db
    .select({ roomId: roomCandidates.roomId, candidateId: roomCandidates.candidateId })
    .from(roomCandidates)
    .innerJoin(rooms, eq(rooms.id, roomCandidates.roomId))
    .where(and(eq(rooms.robotId, robotId), eq(rooms.isAmbiguous, true), isNull(rooms.goneAt)))
    .orderBy(asc(rooms.name), asc(rooms.id), asc(roomCandidates.candidateId))
  const traits = await readTraits(db, [...new Set(pairs.flatMap(({ roomId, candidateId }) => [roomId, candidateId]))])
  return [...new Set(pairs.map(({ roomId }) => roomId))].flatMap((roomId) => {
    const stored = traits.get(roomId)
    if (!stored) return []
    const { members, ...room } = stored
    const candidates = pairs.flatMap((pair) => {
      const other = pair.roomId === roomId ? traits.get(pair.candidateId) : undefined
      if (!other) return []
      const { members: candidateMembers, ...candidate } = other
      return [{ ...candidate, sharedCount: compareMembers(candidateMembers, members)?.sharedCount ?? null }]
    })
    return [{ room, candidates }]
  })
}

async function readTraits(db: Db, roomIds: string[]) {
  if (roomIds.length === 0) return new Map<string, never>()
  const latest = db
    .select()
    .from(messages)
    .where(eq(messages.roomId, rooms.id))
    .orderBy(desc(messages.sequence))
    .limit(1)
    .as('latest')
  const rows = await db
    .select()
    .from(rooms)
    .leftJoinLateral(latest, sql`true`)
    .where(inArray(rooms.id, roomIds))
  return new Map(
    rows.map(({ rooms: { id, name, memberCount, seenAt, members }, latest: message }) => {
      const lastMessage = message && {
        senderName: message.senderName,
        type: message.type,
        content: message.content,
        createdAt: message.createdAt,
      }
      return [id, { id, name, memberCount, seenAt, members, lastMessage }]
    }),
  )
}
