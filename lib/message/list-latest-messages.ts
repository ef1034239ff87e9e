import { and, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'
import { type LatestChoice, latestChoices } from './latest-choices'

/** So much of a long text is read. */
const excerptLength = 200

/** The latest messages of all robots, newest first, for operators, who see every application; those of some states of a week. */
export async function listLatestMessages(db: Db, { show = 'all', limit }: { show?: LatestChoice; limit: number }) {
  const states = latestChoices[show]
  // Where hardly any is in such a state, the search has to end somewhere.
  const isRecent = gte(messages.createdAt, sql`clock_timestamp() - interval '7 days'`)
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
    .where(states && and(inArray(messages.state, states), isRecent))
    .orderBy(desc(messages.createdAt), desc(messages.sequence))
    .limit(limit)
}
