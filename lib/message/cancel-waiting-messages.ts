import { and, eq, lte, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { messages } from '../db/schema/message'
import { announceReply } from '../queue/reply'

type Which = { messageId: string } | { throughSequence: number }

/**
 * Takes back waiting messages of a robot because an operator wants it: one, or all up to the last that the operator saw.
 * Returns the ids of those taken back; what is being sent or has ended is not among them (G1). Whoever waits for one is
 * told ILLEGAL_ACTION: it was not sent.
 */
export async function cancelWaitingMessages(tx: Tx, { robotId, ...which }: { robotId: string } & Which) {
  const isChosen =
    'messageId' in which ? eq(messages.id, which.messageId) : lte(messages.sequence, which.throughSequence)
  const cancelled = await tx
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: 'ILLEGAL_ACTION',
      errorMessage: '操作员已取消，未发送',
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued'), isChosen))
    .returning({ id: messages.id })
  for (const { id } of cancelled) await announceReply(tx, id)
  return cancelled.map(({ id }) => id)
}
