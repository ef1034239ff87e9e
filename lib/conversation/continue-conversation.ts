import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { type conversationState, conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { replyDecisions } from '@/lib/db/schema/reply'
import { changeChannel } from '@/lib/queue/reply'

type State = (typeof conversationState.enumValues)[number]
type Row = typeof conversations.$inferSelect

/** Precedence of states when two conversations are merged: the state that involves a person is kept. */
const weights: Record<State, number> = { assigned: 3, waiting: 2, bot: 1, closed: 0 }

/**
 * Continues a person's conversation under another id: its messages and decisions follow, and a conversation that the other id already has
 * is merged into it. The id of the earlier conversation stays. The caller has locked the robot.
 */
export async function continueConversation(
  tx: Tx,
  { robotId, from, to }: { robotId: string; from: string; to: string },
): Promise<void> {
  const earlier = await findPrivate(tx, robotId, from)
  const later = await findPrivate(tx, robotId, to)
  const isMessage = and(eq(messages.robotId, robotId), eq(messages.peerUsername, from))
  await tx.update(messages).set({ peerUsername: to }).where(isMessage)
  const isDecision = and(eq(replyDecisions.robotId, robotId), eq(replyDecisions.peerUsername, from))
  await tx.update(replyDecisions).set({ peerUsername: to }).where(isDecision)
  if (!earlier) return
  if (later) {
    await tx
      .update(conversationEntries)
      .set({ conversationId: earlier.id })
      .where(eq(conversationEntries.conversationId, later.id))
    await tx.delete(conversations).where(eq(conversations.id, later.id))
  }
  const changes = later ? merged(earlier, later) : {}
  await tx
    .update(conversations)
    .set({ ...changes, peerUsername: to })
    .where(eq(conversations.id, earlier.id))
  await tx.execute(sql`select pg_notify(${changeChannel}, ${earlier.id})`)
}

function merged(earlier: Row, later: Row): Partial<Row> {
  const { state, assigneeId, waitingSince, handoverReason, serviceHandoverAt } =
    weights[later.state] > weights[earlier.state] || earlier.state === 'closed' ? later : earlier
  const latest = later.lastSequence > earlier.lastSequence ? later : earlier
  return {
    state,
    assigneeId,
    waitingSince,
    handoverReason,
    serviceHandoverAt,
    name: latest.name || earlier.name,
    unreadCount: earlier.unreadCount + later.unreadCount,
    lastMessageId: latest.lastMessageId,
    lastSequence: latest.lastSequence,
    lastMessageAt: latest.lastMessageAt,
  }
}

async function findPrivate(tx: Tx, robotId: string, peerUsername: string): Promise<Row | null> {
  const isIts = and(eq(conversations.robotId, robotId), eq(conversations.peerUsername, peerUsername))
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(isIts, isNull(conversations.roomId)))
    .for('update')
  return row ?? null
}
