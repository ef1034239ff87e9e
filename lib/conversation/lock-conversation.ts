import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { conversations } from '@/lib/db/schema/conversation'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'

export type LockedConversation = typeof conversations.$inferSelect & {
  roomName: string | null
  handsOverInService: boolean
}

/** Returns a conversation of a robot that is not deleted, locked until the transaction ends. @throws NOT_FOUND */
export async function lockConversation(tx: Tx, conversationId: string): Promise<LockedConversation> {
  const [row] = await tx
    .select({ conversation: conversations, roomName: rooms.name, handsOverInService: robots.handsOverInService })
    .from(conversations)
    .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
    .leftJoin(rooms, eq(rooms.id, conversations.roomId))
    .where(eq(conversations.id, conversationId))
    .for('no key update', { of: conversations })
  if (!row) throw new AppError('NOT_FOUND', { reason: 'conversation_not_found' })
  const { conversation, roomName, handsOverInService } = row
  return { ...conversation, roomName, handsOverInService: handsOverInService && conversation.roomId === null }
}
