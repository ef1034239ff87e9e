import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { callbackEvents } from '@/lib/db/schema/callback'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { replyDecisions } from '@/lib/db/schema/reply'
import { bindings, rooms, roomUsernames } from '@/lib/db/schema/room'

type Merge = { robotId: string; fromId: string; intoId: string }

/**
 * Merges a room into another: `intoId` takes over messages, conversation, `@@…` and the operator's binding, and `fromId` resolves to it from now on.
 * The caller writes the name and members of `intoId`. Call `lockRooms` first.
 */
export async function mergeRooms(tx: Tx, { robotId, fromId, intoId }: Merge): Promise<void> {
  // Waits for transactions that are accepting a message for the room, so that their messages move too.
  await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, fromId)).for('update')
  await tx.update(messages).set({ roomId: intoId }).where(eq(messages.roomId, fromId))
  // Events are delivered in order within a room, so pending events must move to the same one.
  await tx.update(callbackEvents).set({ roomId: intoId }).where(eq(callbackEvents.roomId, fromId))
  await tx.update(replyDecisions).set({ roomId: intoId }).where(eq(replyDecisions.roomId, fromId))
  await tx.update(quns).set({ roomId: intoId }).where(eq(quns.roomId, fromId))
  await tx.update(roomUsernames).set({ roomId: intoId }).where(eq(roomUsernames.roomId, fromId))
  await tx.insert(roomUsernames).values({ robotId, username: fromId, roomId: intoId })
  await takeOverBinding(tx, { fromId, intoId })
  await takeOverConversation(tx, { fromId, intoId })
  await tx.delete(rooms).where(eq(rooms.id, fromId))
}

/** Keeps an operator's binding of the target room; otherwise moves the other room's, which overrides the rule. */
async function takeOverBinding(tx: Tx, { fromId, intoId }: Omit<Merge, 'robotId'>): Promise<void> {
  const isByOperator = (roomId: string) => and(eq(bindings.roomId, roomId), eq(bindings.source, 'operator'))
  const [[existing], [moved]] = [
    await tx.select().from(bindings).where(isByOperator(intoId)),
    await tx.select().from(bindings).where(isByOperator(fromId)),
  ]
  if (existing || !moved) return
  await tx.delete(bindings).where(eq(bindings.roomId, intoId))
  await tx.insert(bindings).values({ ...moved, roomId: intoId })
}

/** Merges the conversations of both rooms: one that a person has taken, or is to take, keeps that state. */
async function takeOverConversation(tx: Tx, { fromId, intoId }: Omit<Merge, 'robotId'>): Promise<void> {
  const isOf = (roomId: string) => eq(conversations.roomId, roomId)
  const [moved] = await tx.select().from(conversations).where(isOf(fromId)).for('update')
  if (!moved) return
  const [kept] = await tx.select().from(conversations).where(isOf(intoId)).for('update')
  if (!kept) {
    await tx.update(conversations).set({ roomId: intoId }).where(eq(conversations.id, moved.id))
    return
  }
  const { lastMessageId, lastSequence, lastMessageAt } = moved.lastSequence > kept.lastSequence ? moved : kept
  const isTaken = kept.state === 'waiting' || kept.state === 'assigned'
  const { state, assigneeId, waitingSince, handoverReason } = isTaken ? kept : moved
  await tx
    .update(conversationEntries)
    .set({ conversationId: kept.id })
    .where(eq(conversationEntries.conversationId, moved.id))
  await tx.delete(conversations).where(eq(conversations.id, moved.id))
  await tx
    .update(conversations)
    .set({
      lastMessageId,
      lastSequence,
      lastMessageAt,
      state,
      assigneeId,
      waitingSince,
      handoverReason,
      unreadCount: kept.unreadCount + moved.unreadCount,
    })
    .where(eq(conversations.id, kept.id))
}
