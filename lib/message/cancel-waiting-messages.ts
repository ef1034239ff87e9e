import { and, eq, lte, sql } from 'drizzle-orm'
import { errorColumns } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { announceReply } from '@/lib/queue/reply'

type Selection = { messageId: string } | { throughSequence: number }

/**
 * Cancels queued messages of a robot for an operator: one, or all up to the last one that the operator saw.
 * Returns the cancelled ids, without messages that are being sent or have ended (G1). A request that waits for a cancelled
 * message fails with ILLEGAL_ACTION: it was not sent.
 */
export async function cancelWaitingMessages(tx: Tx, { robotId, ...selection }: { robotId: string } & Selection) {
  const isSelected =
    'messageId' in selection ? eq(messages.id, selection.messageId) : lte(messages.sequence, selection.throughSequence)
  const cancelled = await tx
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: 'ILLEGAL_ACTION',
      ...errorColumns(sentenceOf('cancelled_by_operator')),
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued'), isSelected))
    .returning({ id: messages.id })
  for (const { id } of cancelled) await announceReply(tx, id)
  return cancelled.map(({ id }) => id)
}
