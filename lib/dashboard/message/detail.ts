import type { WebContext } from '@/lib/http/web-context'
import { listQueuePositions } from '@/lib/message/send-queue'
import { getMessageRowOrThrow } from '@/lib/message/get-message'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { type MessageView, viewMessage } from '@/lib/dashboard/message/list'

/** Returns a message of a robot as its page shows it. @throws AppError ROBOT_NOT_FOUND, NOT_FOUND. */
export async function readMessage(
  { db }: WebContext,
  { robotId, messageId }: { robotId: string; messageId: string },
): Promise<MessageView> {
  await getAnyRobotOrThrow(db, { robotId })
  const row = await getMessageRowOrThrow(db, { robotId, messageId })
  const positions = await listQueuePositions(db, { robotId, messageIds: [messageId] })
  return viewMessage(row, positions.get(messageId))
}
