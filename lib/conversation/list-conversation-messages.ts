import { and, asc, desc, eq, gte, isNull, lt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { conversationEntries } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { operators } from '@/lib/db/schema/operator'
import { type MessageRow, selectMessages } from '@/lib/message/list-messages'

type Members = { robotId: string; roomId: string | null; peerUsername: string | null }

/** Lists the messages of a conversation in both directions, newest first; `beforeSequence` is the cursor of the next page. */
export async function listConversationMessages(
  db: Db,
  { robotId, roomId, peerUsername }: Members,
  { beforeSequence, limit }: { beforeSequence?: number | undefined; limit: number },
): Promise<MessageRow[]> {
  const isIts =
    roomId === null
      ? and(eq(messages.robotId, robotId), eq(messages.peerUsername, peerUsername ?? ''), isNull(messages.roomId))
      : eq(messages.roomId, roomId)
  return selectMessages(db)
    .where(and(isIts, beforeSequence ? lt(messages.sequence, beforeSequence) : undefined))
    .orderBy(desc(messages.sequence))
    .limit(limit)
}

const maxEntries = 500

/** Lists the notes and changes of a conversation in a time range, or only its notes, oldest first, the latest 500 at most. */
export async function listEntries(
  db: Db,
  {
    conversationId,
    since,
    until,
    kind,
  }: { conversationId: string; since: Date | null; until: Date | null; kind?: 'note' },
) {
  const rows = await db
    .select({
      id: conversationEntries.id,
      kind: conversationEntries.kind,
      operatorId: conversationEntries.operatorId,
      operatorEmail: operators.email,
      text: conversationEntries.text,
      detail: conversationEntries.detail,
      createdAt: conversationEntries.createdAt,
    })
    .from(conversationEntries)
    .leftJoin(operators, eq(operators.id, conversationEntries.operatorId))
    .where(
      and(
        eq(conversationEntries.conversationId, conversationId),
        since ? gte(conversationEntries.createdAt, since) : undefined,
        until ? lt(conversationEntries.createdAt, until) : undefined,
        kind ? eq(conversationEntries.kind, kind) : undefined,
      ),
    )
    .orderBy(desc(conversationEntries.createdAt), asc(conversationEntries.id))
    .limit(maxEntries)
  return rows.reverse()
}

export type ConversationEntry = Awaited<ReturnType<typeof listEntries>>[number]
