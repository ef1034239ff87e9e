import { and, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { AppError } from '../errors'
import { type MessageRow, selectMessages } from './select-messages'

/** One message of a robot as operators see it. @throws AppError NOT_FOUND when it has no such message. */
export async function showMessageOrThrow(
  db: Db,
  { robotId, messageId }: { robotId: string; messageId: string },
): Promise<MessageRow> {
  const [message] = await selectMessages(db).where(and(eq(messages.id, messageId), eq(messages.robotId, robotId)))
  if (!message) throw new AppError('NOT_FOUND', '消息不存在')
  return message
}
