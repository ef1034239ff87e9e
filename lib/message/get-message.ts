import { and, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { AppError } from '../errors'

/** One message of a robot. @throws AppError NOT_FOUND when it has no such message. */
export async function getMessageOrThrow(db: Db, { robotId, messageId }: { robotId: string; messageId: string }) {
  const [message] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.robotId, robotId)))
  if (!message) throw new AppError('NOT_FOUND', '消息不存在')
  return message
}
