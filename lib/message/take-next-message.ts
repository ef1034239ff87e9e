import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { messages } from '../db/schema/message'
import { rooms } from '../db/schema/room'
import { announceReply } from '../queue/reply'

/** What the owner needs to send one message. */
export type Send = { messageId: string; to: string | null; type: 'text' | 'image' | 'other'; content: string }

/**
 * Takes the oldest waiting message and marks it `sending`, which must be committed before its first byte leaves (G1).
 * Those past their deadline are cancelled on the way. `to` is null for a room that WeChat does not show now. Only for the owner.
 */
export async function takeNextMessage(tx: Tx, { robotId }: { robotId: string }): Promise<Send | null> {
  const isQueued = and(eq(messages.robotId, robotId), eq(messages.state, 'queued'))
  const overdue = await tx
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: 'COMMAND_TIMEOUT',
      errorMessage: '等待超时，未发送',
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(isQueued, sql`${messages.deadlineAt} < clock_timestamp()`))
    .returning({ id: messages.id })
  for (const { id } of overdue) await announceReply(tx, id)
  const [next] = await tx
    .select({ message: messages, username: rooms.username })
    .from(messages)
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .where(isQueued)
    .orderBy(asc(messages.sequence))
    .limit(1)
    .for('update', { of: messages })
  if (!next) return null
  await tx.update(messages).set({ state: 'sending' }).where(eq(messages.id, next.message.id))
  const { id, type, content, peerUsername } = next.message
  return { messageId: id, to: peerUsername ?? next.username, type, content }
}
