import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { roomCandidates, rooms } from '../db/schema/room'
import { compareMembers } from './compare-members'

/** What an operator knows a room by. */
export type RoomFace = {
  id: string
  name: string
  memberCount: number
  seenAt: Date
  lastMessage: { senderName: string; type: 'text' | 'image' | 'other'; content: string; createdAt: Date } | null
}
/** A doubtful room and the known ones that it may be; `sharedCount` is how many of its members are in that one too, null = not known. */
export type Doubt = { room: RoomFace; candidates: (RoomFace & { sharedCount: number | null })[] }

/** A robot's rooms that wait for an operator to say which they are. */
export async function listDoubts(db: Db, { robotId }: { robotId: string }): Promise<Doubt[]> {
  const pairs = await db
    .select({ roomId: roomCandidates.roomId, candidateId: roomCandidates.candidateId })
    .from(roomCandidates)
    .innerJoin(rooms, eq(rooms.id, roomCandidates.roomId))
    .where(and(eq(rooms.robotId, robotId), eq(rooms.isDoubtful, true), isNull(rooms.goneAt)))
    .orderBy(asc(rooms.name), asc(rooms.id), asc(roomCandidates.candidateId))
  const faces = await readFaces(db, [...new Set(pairs.flatMap(({ roomId, candidateId }) => [roomId, candidateId]))])
  return [...new Set(pairs.map(({ roomId }) => roomId))].flatMap((roomId) => {
    const found = faces.get(roomId)
    if (!found) return []
    const { members, ...room } = found
    const candidates = pairs.flatMap((pair) => {
      const other = pair.roomId === roomId ? faces.get(pair.candidateId) : undefined
      if (!other) return []
      const { members: theirs, ...candidate } = other
      return [{ ...candidate, sharedCount: compareMembers(theirs, members)?.sharedCount ?? null }]
    })
    return [{ room, candidates }]
  })
}

async function readFaces(db: Db, roomIds: string[]) {
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
