import { and, eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { AppError } from '@/lib/errors'

/**
 * Resolves `to_user` where any person may write to a robot without rooms: the id of one who has. @throws TARGET_NOT_FOUND for another
 * Spec: E6 (WeCom customer service).
 */
export async function findPerson(
  db: Db,
  { robotId, toUser }: { robotId: string; toUser: string },
): Promise<{ roomId: null; peerUsername: string }> {
  const [known] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.robotId, robotId), eq(messages.peerUsername, toUser), eq(messages.direction, 'in')))
    .limit(1)
  if (!known) throw new AppError('TARGET_NOT_FOUND', { reason: 'contact_not_found', parameter: 'to_user' })
  return { roomId: null, peerUsername: toUser }
}
