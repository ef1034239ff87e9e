import { and, asc, eq, exists, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'
import { cooldownMs } from '../robot/cooldown'
import { cancelOverdueMessages } from './cancel-message'

/** What the owner needs to send one message; `to` is null for a room that WeChat does not show now. */
export type Send = {
  robotId: string
  messageId: string
  to: string | null
  type: 'text' | 'image' | 'other'
  content: string
  /** WeChat refused the last with 1205: not to be tried for so long, 0 or less = now; null = it did not. */
  cooldownMs: number | null
}

/** Shows the oldest waiting message and leaves it waiting; those past their deadline are cancelled on the way. Only for the owner. */
export async function peekNextMessage(tx: Tx, { robotId }: { robotId: string }): Promise<Send | null> {
  await cancelOverdueMessages(tx, { robotId })
  const [next] = await tx
    .select({ message: messages, username: rooms.username, cooldownMs: cooldownMs({ robotId, operation: 'send' }) })
    .from(messages)
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued')))
    .orderBy(asc(messages.sequence))
    .limit(1)
  if (!next) return null
  const { id, type, content, peerUsername } = next.message
  return { robotId, messageId: id, to: peerUsername ?? next.username, type, content, cooldownMs: next.cooldownMs }
}

/**
 * Marks a message `sending`, which must be committed before its first byte leaves (G1); false when it does not wait any more
 * or its deadline has passed. The robot's pace counts from here. Only for the owner.
 */
export async function takeMessage(tx: Tx, { robotId, messageId }: Send): Promise<boolean> {
  const now = sql`clock_timestamp()`
  const isWaiting = and(eq(messages.id, messageId), eq(messages.state, 'queued'), sql`${messages.deadlineAt} >= ${now}`)
  // The robot's row first, as everybody locks them; one that was cancelled meanwhile leaves its turn to the next.
  await tx
    .update(robots)
    .set({ lastSendAt: now })
    .where(
      and(
        eq(robots.id, robotId),
        sql`${robots.sendRatePerMinute} > 0`,
        exists(tx.select({ id: messages.id }).from(messages).where(isWaiting)),
      ),
    )
  const taken = await tx.update(messages).set({ state: 'sending' }).where(isWaiting).returning({ id: messages.id })
  return taken.length > 0
}
