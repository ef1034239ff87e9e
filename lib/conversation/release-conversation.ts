import { sql } from 'drizzle-orm'
import { recordEvent } from '@/lib/callback/event/record-event'
import { about, dataOf } from '@/lib/conversation/event-data'
import { lockConversation } from '@/lib/conversation/lock-conversation'
import { type Change, writeChange } from '@/lib/conversation/write-change'
import type { Tx } from '@/lib/db/client'

/**
 * Returns an assigned conversation to those that wait for a person. Returns false, and changes nothing, if it neither is assigned nor
 * waits. @throws NOT_FOUND
 */
export async function releaseConversation(tx: Tx, change: Change): Promise<boolean> {
  const row = await lockConversation(tx, change.conversationId)
  if (row.state === 'waiting') return true
  if (row.state !== 'assigned') return false
  await writeChange(
    tx,
    change,
    'released',
    {},
    {
      state: 'waiting',
      assigneeId: null,
      waitingSince: sql`clock_timestamp()` as never,
    },
  )
  await recordEvent(tx, { type: 'conversation_assigned', ...about(row), data: { ...dataOf(row), operator: '' } })
  return true
}
