import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { conversations } from '@/lib/db/schema/conversation'
import { announceChange } from '@/lib/queue/reply'

/** Marks a conversation as read for all operators. */
export async function markConversationRead(db: Db, { conversationId }: { conversationId: string }): Promise<void> {
  const changed = await db
    .update(conversations)
    .set({ unreadCount: 0 })
    .where(and(eq(conversations.id, conversationId), ne(conversations.unreadCount, 0)))
    .returning({ id: conversations.id })
  if (changed.length > 0) await announceChange(db, conversationId)
}
