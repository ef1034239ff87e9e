import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { errorColumns } from '@/lib/db/reason-columns'
import { messages } from '@/lib/db/schema/message'
import { announceReply } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'

/** Why a service did not deliver a message that it had accepted. */
export type SendFailure = { code: 'ILLEGAL_ACTION' | 'WECHAT_REFUSED'; sentence: Sentence }

/**
 * Records that an accepted message was not delivered: it becomes `refused`, or `unknown` if it has several parts, of which others may have
 * arrived. `wireId`: our id of the message, with the number of the part. null: no such message, or recorded before.
 * Spec: E6 (WeCom customer service).
 */
export async function recordSendFailure(
  tx: Tx,
  { robotId, wireId, code, sentence }: { robotId: string; wireId: string } & SendFailure,
): Promise<{ messageId: string } | null> {
  const id = wireId.replace(/-\d+$/, '')
  const isWhole = sql`${messages.partCount} = 1`
  const failed = await tx
    .update(messages)
    .set({
      state: sql`case when ${isWhole} then 'refused' else 'unknown' end::message_state`,
      ...errorColumns(sentence),
      errorCode: sql`case when ${isWhole} then ${code} else 'OUTCOME_UNKNOWN' end`,
      finishedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(messages.id, id),
        eq(messages.robotId, robotId),
        eq(messages.direction, 'out'),
        // The failure may arrive before the response of the send, or after a crash that left it unknown.
        inArray(messages.state, ['sent', 'sending', 'unknown']),
      ),
    )
    .returning({ messageId: messages.id })
  for (const { messageId } of failed) await announceReply(tx, messageId)
  return failed[0] ?? null
}
