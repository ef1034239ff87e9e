import { sql } from 'drizzle-orm'
import { recordEvent } from '@/lib/callback/event/record-event'
import { about, dataOf } from '@/lib/conversation/event-data'
import { lockConversation } from '@/lib/conversation/lock-conversation'
import { writeChange } from '@/lib/conversation/write-change'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import type { HandoverReason } from '@/lib/db/types'

/**
 * Requests a person for a conversation, which silences automatic replies in it. Returns false, and changes nothing, if a person
 * has been requested or has taken it already. Spec: F4 (handover).
 */
export async function requestHandover(
  tx: Tx,
  { id: conversationId }: { id: string },
  reason: HandoverReason,
  { operatorId = null }: { operatorId?: string | null } = {},
): Promise<boolean> {
  const row = await lockConversation(tx, conversationId)
  if (row.state === 'waiting' || row.state === 'assigned') return false
  // A conversation that an employee has taken in the service needs no request there.
  const isDueInService = row.handsOverInService && reason.source !== 'service'
  await writeChange(tx, { conversationId, operatorId }, 'handover_requested', reason, {
    state: 'waiting',
    waitingSince: sql`clock_timestamp()` as never,
    handoverReason: reason,
    serviceRefusal: null,
    serviceEndAt: null,
    ...(isDueInService && { serviceHandoverAt: sql`clock_timestamp()` as never }),
  })
  if (isDueInService) wakeRobotAfterCommit(tx, row.robotId)
  const { source, text = '' } = reason
  await recordEvent(tx, {
    type: 'handover_requested',
    ...about(row),
    data: { ...dataOf(row), source, reason: text },
  })
  return true
}
