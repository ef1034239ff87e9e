import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { rooms } from '../db/schema/room'

/** So much of a long text is read. */
const excerptLength = 200

/** The last message of each of these rooms; rooms without any are left out. */
export async function listLastMessages(db: Db, { roomIds }: { roomIds: string[] }) {
  if (roomIds.length === 0) return []
  const last = db
    .select()
    .from(messages)
    .where(eq(messages.roomId, rooms.id))
    .orderBy(desc(messages.sequence))
    .limit(1)
    .as('last')
  return db
    .select({
      roomId: rooms.id,
      direction: last.direction,
      type: last.type,
      senderName: last.senderName,
      excerpt: sql<string>`left(${last.content}, ${excerptLength})`,
      createdAt: last.createdAt,
    })
    .from(rooms)
    .innerJoinLateral(last, sql`true`)
    .where(inArray(rooms.id, roomIds))
}
