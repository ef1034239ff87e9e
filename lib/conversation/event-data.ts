import { eq } from 'drizzle-orm'
import type { LockedConversation } from '@/lib/conversation/lock-conversation'
import type { Tx } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'

/** Whom an event of a conversation is about. */
export const about = ({ robotId, roomId }: LockedConversation) => ({ robotId, roomId })

/** The data that all events of conversations have. */
export function dataOf({ id, roomId, peerUsername, name, roomName }: LockedConversation) {
  const to = { room_id: roomId ?? '', to_user: roomId ?? peerUsername ?? '' }
  return { conversation_id: id, ...to, nickname: roomName ?? name }
}

/** Returns the email of an operator; "": removed. */
export async function emailOf(tx: Tx, operatorId: string): Promise<string> {
  const [operator] = await tx.select({ email: operators.email }).from(operators).where(eq(operators.id, operatorId))
  return operator?.email ?? ''
}
