import { sql } from 'drizzle-orm'
import { lockConversation } from '@/lib/conversation/lock-conversation'
import { type Change, writeChange } from '@/lib/conversation/write-change'
import type { Tx } from '@/lib/db/client'

/** Reopens a closed conversation for the operator who asks; without one it waits for a person. @throws NOT_FOUND */
export async function reopenConversation(tx: Tx, change: Change): Promise<void> {
  const { state } = await lockConversation(tx, change.conversationId)
  if (state !== 'closed') return
  const { operatorId } = change
  const reopened = { serviceEndAt: null }
  await writeChange(
    tx,
    change,
    'reopened',
    {},
    operatorId === null
      ? { ...reopened, state: 'waiting', waitingSince: sql`clock_timestamp()` as never }
      : { ...reopened, state: 'assigned', assigneeId: operatorId },
  )
}
