import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'

/** Lists the texts before a message in its conversation within an hour, oldest first. */
export async function listHistory(
  db: Db,
  { messageId, limit }: { messageId: string; limit: number },
): Promise<{ isFromRobot: boolean; text: string }[]> {
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId))
  if (!message) return []
  const { robotId, roomId, peerUsername, sequence } = message
  const isSameConversation =
    roomId === null
      ? and(eq(messages.robotId, robotId), isNull(messages.roomId), eq(messages.peerUsername, peerUsername ?? ''))
      : eq(messages.roomId, roomId)
  const rows = await db
    .select({ direction: messages.direction, text: messages.content })
    .from(messages)
    .where(
      and(
        isSameConversation,
        lt(messages.sequence, sequence),
        eq(messages.type, 'text'),
        inArray(messages.state, ['received', 'sent', 'queued', 'sending']),
        sql`${messages.createdAt} > statement_timestamp() - interval '1 hour'`,
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(limit)
  return rows.reverse().map(({ direction, text }) => ({ isFromRobot: direction === 'out', text }))
}
