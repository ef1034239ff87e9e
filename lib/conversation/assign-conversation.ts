import { recordEvent } from '@/lib/callback/event/record-event'
import { about, dataOf, emailOf } from '@/lib/conversation/event-data'
import { lockConversation } from '@/lib/conversation/lock-conversation'
import { type Change, writeChange } from '@/lib/conversation/write-change'
import type { Tx } from '@/lib/db/client'

/**
 * Assigns a conversation to an operator; repeating it changes nothing, and with `isTakenKept` neither does an assignment of what a
 * colleague has. @throws NOT_FOUND
 */
export async function assignConversation(
  tx: Tx,
  {
    conversationId,
    operatorId,
    assigneeId,
    isTakenKept = false,
  }: Change & { assigneeId: string; isTakenKept?: boolean },
): Promise<void> {
  const row = await lockConversation(tx, conversationId)
  if (row.state === 'assigned' && (isTakenKept || row.assigneeId === assigneeId)) return
  await writeChange(
    tx,
    { conversationId, operatorId },
    'assigned',
    { assigneeId },
    {
      state: 'assigned',
      assigneeId,
      waitingSince: null,
      serviceHandoverAt: null,
      serviceRefusal: null,
    },
  )
  await recordEvent(tx, {
    type: 'conversation_assigned',
    ...about(row),
    data: { ...dataOf(row), operator: await emailOf(tx, assigneeId) },
  })
}
