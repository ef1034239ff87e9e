import { lockConversation } from '@/lib/conversation/lock-conversation'
import type { Change } from '@/lib/conversation/write-change'
import type { Tx } from '@/lib/db/client'
import { conversationEntries } from '@/lib/db/schema/conversation'
import { announceChange } from '@/lib/queue/reply'

/** Adds a note that only operators see. @throws NOT_FOUND */
export async function addNote(
  tx: Tx,
  { conversationId, operatorId, text }: Change & { text: string },
): Promise<{ createdAt: Date }> {
  await lockConversation(tx, conversationId)
  const [note] = await tx
    .insert(conversationEntries)
    .values({ conversationId, operatorId, kind: 'note', text })
    .returning({ createdAt: conversationEntries.createdAt })
  await announceChange(tx, conversationId)
  return note!
}
