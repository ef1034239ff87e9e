import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { rooms } from '../db/schema/room'

/** Lists a robot's messages that are being sent or wait for it, in the order in which they go out. */
export async function listWaitingMessages(db: Db, { robotId, limit }: { robotId: string; limit: number }) {
  return db
    .select({
      id: messages.id,
      state: sql<'queued' | 'sending'>`${messages.state}`,
      type: messages.type,
      content: messages.content,
      roomName: rooms.name,
      peerUsername: messages.peerUsername,
      createdAt: messages.createdAt,
      deadlineAt: messages.deadlineAt,
    })
    .from(messages)
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .where(and(eq(messages.robotId, robotId), inArray(messages.state, ['queued', 'sending'])))
    .orderBy(asc(messages.sequence))
    .limit(limit)
}

export type WaitingMessage = Awaited<ReturnType<typeof listWaitingMessages>>[number]

/** Counts a robot's waiting messages; `lastSequence` is the last one's, null without any. */
export async function countWaitingMessages(db: Db, { robotId }: { robotId: string }) {
  const [waiting] = await db
    .select({
      count: sql<number>`count(*)::int`,
      lastSequence: sql<string | null>`max(${messages.sequence})`,
    })
    .from(messages)
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued')))
  return { count: waiting?.count ?? 0, lastSequence: waiting?.lastSequence ? Number(waiting.lastSequence) : null }
}
