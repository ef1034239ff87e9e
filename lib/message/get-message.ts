import { and, eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { AppError } from '@/lib/errors'
import { type MessageRow, selectMessages } from '@/lib/message/list-messages'

/** Returns a message of a robot. @throws AppError NOT_FOUND if the robot has no such message. */
export async function getMessageOrThrow(db: Db, { robotId, messageId }: { robotId: string; messageId: string }) {
  const [message] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.robotId, robotId)))
  if (!message) throw new AppError('NOT_FOUND', { reason: 'message_not_found' })
  return message
}

/** Returns a message of a robot with the names of robot and room. @throws AppError NOT_FOUND if the robot has no such message. */
export async function getMessageRowOrThrow(
  db: Db,
  { robotId, messageId }: { robotId: string; messageId: string },
): Promise<MessageRow> {
  const [message] = await selectMessages(db).where(and(eq(messages.id, messageId), eq(messages.robotId, robotId)))
  if (!message) throw new AppError('NOT_FOUND', { reason: 'message_not_found' })
  return message
}
