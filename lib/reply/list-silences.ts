import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { replyDecisions } from '@/lib/db/schema/reply'
import type { SilenceReason } from '@/lib/db/types'

/** Returns why received messages got no automatic reply, by message id; those without a decision, or with a reply, are left out. */
export async function listSilences(
  db: Db,
  { messageIds }: { messageIds: string[] },
): Promise<Map<string, SilenceReason>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .select({ messageId: replyDecisions.messageId, silence: replyDecisions.silence })
    .from(replyDecisions)
    .where(and(inArray(replyDecisions.messageId, messageIds), eq(replyDecisions.outcome, 'silent')))
  return new Map(rows.flatMap(({ messageId, silence }) => (messageId && silence ? [[messageId, silence]] : [])))
}
