import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'

/** Takes a message back that is not being sent yet, by compare-and-set; false when it is, or has ended (G1). */
export async function cancelQueuedMessage(db: Db, messageId: string): Promise<boolean> {
  const cancelled = await db
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: 'COMMAND_TIMEOUT',
      errorMessage: '等待超时，未发送',
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(messages.id, messageId), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  return cancelled.length > 0
}
