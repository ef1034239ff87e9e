import { eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import type { ConversationEntryDetail } from '@/lib/db/types'
import { announceChange } from '@/lib/queue/reply'

/** `operatorId`: who changes it; null: the API or the robot. */
export type Change = { conversationId: string; operatorId: string | null }
type Changes = Partial<typeof conversations.$inferInsert>

/** Changes a locked conversation, with an entry that says so, and announces it. */
export async function writeChange(
  tx: Tx,
  { conversationId, operatorId }: Change,
  kind: (typeof conversationEntries.$inferInsert)['kind'],
  detail: ConversationEntryDetail,
  changes: Changes,
): Promise<void> {
  await tx.update(conversations).set(changes).where(eq(conversations.id, conversationId))
  await tx.insert(conversationEntries).values({ conversationId, operatorId, kind, detail })
  await announceChange(tx, conversationId)
}
