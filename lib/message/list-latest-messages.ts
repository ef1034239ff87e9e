import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'

/** So much of a long text is read. */
const excerptLength = 200

/** The latest messages of all robots, newest first, for operators, who see every application. */
export async function listLatestMessages(db: Db, { limit }: { limit: number }) {
  return db
    .select({
      id: messages.id,
      robotId: messages.robotId,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
      direction: messages.direction,
      type: messages.type,
      state: messages.state,
      roomName: rooms.name,
      senderName: messages.senderName,
      excerpt: sql<string>`left(${messages.content}, ${excerptLength})`,
      errorMessage: messages.errorMessage,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .innerJoin(robots, and(eq(robots.id, messages.robotId), isNull(robots.deletedAt)))
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .orderBy(desc(messages.createdAt), desc(messages.sequence))
    .limit(limit)
}
