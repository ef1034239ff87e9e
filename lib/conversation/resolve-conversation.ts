import { sql } from 'drizzle-orm'
import { recordEvent } from '@/lib/callback/event/record-event'
import { about, dataOf, emailOf } from '@/lib/conversation/event-data'
import { isInService } from '@/lib/conversation/find-conversation'
import { lockConversation } from '@/lib/conversation/lock-conversation'
import { type Change, writeChange } from '@/lib/conversation/write-change'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'

/**
 * Closes a conversation: the next message of the person starts with automatic replies again. Its end is requested in the service as well,
 * if an employee or the queue has it there. @throws NOT_FOUND
 */
export async function resolveConversation(tx: Tx, change: Change): Promise<void> {
  const row = await lockConversation(tx, change.conversationId)
  if (row.state === 'closed') return
  const isEndDue = isInService(row)
  if (isEndDue) wakeRobotAfterCommit(tx, row.robotId)
  await writeChange(
    tx,
    change,
    'resolved',
    {},
    {
      state: 'closed',
      ...(isEndDue && { serviceEndAt: sql`clock_timestamp()` as never }),
      assigneeId: null,
      waitingSince: null,
      serviceHandoverAt: null,
      serviceRefusal: null,
      unreadCount: 0,
    },
  )
  const operator = change.operatorId === null ? '' : await emailOf(tx, change.operatorId)
  await recordEvent(tx, { type: 'conversation_resolved', ...about(row), data: { ...dataOf(row), operator } })
}
