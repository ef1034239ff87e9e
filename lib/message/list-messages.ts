import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { rooms } from '../db/schema/room'

/** A robot's messages in both directions, or one room's, newest first; `beforeSequence` pages on. */
export async function listMessages(
  db: Db,
  input: { robotId: string; roomId?: string | undefined; beforeSequence?: number | undefined; limit: number },
) {
  const rows = await db
    .select({ message: messages, roomName: rooms.name })
    .from(messages)
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .where(
      and(
        eq(messages.robotId, input.robotId),
        input.roomId ? eq(messages.roomId, input.roomId) : undefined,
        input.beforeSequence ? lt(messages.sequence, input.beforeSequence) : undefined,
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(input.limit)
  return rows.map(({ message, roomName }) => ({ ...message, roomName }))
}
