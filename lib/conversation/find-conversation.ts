import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { lockRobot } from '@/lib/robot/send-pace'
import { hasConversation, type StoredMessage } from '@/lib/conversation/touch-conversation'

export type Conversation = typeof conversations.$inferSelect

/**
 * Returns the conversation of a message that this transaction stored, created if the message is its first; null: the message has
 * none. The row does not count the message before the commit. Locks the robot before it creates a conversation, as a send does.
 * Spec: F1 (conversation).
 */
export async function findConversationOf(
  tx: Tx,
  message: Omit<StoredMessage, 'direction'>,
): Promise<Conversation | null> {
  if (!hasConversation(message)) return null
  const existing = await findExisting(tx, message)
  if (existing) return existing
  const { messageId, robotId, roomId, peerUsername, senderName = '' } = message
  await lockRobot(tx, { robotId })
  const [stored] = await tx
    .select({ sequence: messages.sequence, createdAt: messages.createdAt })
    .from(messages)
    .where(eq(messages.id, messageId))
  if (!stored) return null
  const [created] = await tx
    .insert(conversations)
    .values({
      id: newId('conversation'),
      robotId,
      roomId,
      peerUsername: roomId === null ? peerUsername : null,
      name: roomId === null ? senderName : '',
      lastMessageId: messageId,
      lastSequence: stored.sequence,
      lastMessageAt: stored.createdAt,
    })
    .onConflictDoNothing()
    .returning()
  return created ?? findExisting(tx, message)
}

async function findExisting(
  tx: Tx,
  { robotId, roomId, peerUsername }: Pick<StoredMessage, 'robotId' | 'roomId' | 'peerUsername'>,
): Promise<Conversation | null> {
  const isIts =
    roomId === null
      ? and(
          eq(conversations.robotId, robotId),
          isNull(conversations.roomId),
          eq(conversations.peerUsername, peerUsername!),
        )
      : eq(conversations.roomId, roomId)
  const [existing] = await tx.select().from(conversations).where(isIts)
  return existing ?? null
}

/** Returns whether an employee or the queue has the conversation in the service itself, which then takes no message from here. Spec: F4 (handover). */
export function isInService({ serviceState }: Pick<Conversation, 'serviceState'>): boolean {
  return serviceState === 'queue' || serviceState === 'employee'
}

/** Returns whether an automatic reply may be sent: no person has taken or is to take the conversation. Spec: F1 (conversation). */
export function isAutomaticReplyAllowed(conversation: Pick<Conversation, 'state' | 'serviceState'>): boolean {
  const { state } = conversation
  return (state === 'bot' || state === 'closed') && !isInService(conversation)
}
