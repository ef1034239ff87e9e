import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { messages } from '../db/schema/message'
import { newId } from '../id'
import { findListener } from './find-listener'
import { applicationLane } from './lane'
import { storableText } from './storable-text'

/**
 * Writes the callback of a message that WeChat took from us, if the application chose to hear of it. Call it in the
 * transaction that stores that; after the commit wake the lane it returns. null = nobody is told. Spec: decisions A13.
 */
export async function tellOfSent(tx: Tx, { robotId, messageId }: { robotId: string; messageId: string }) {
  const listener = await findListener(tx, { robotId, types: ['message_sent'] })
  if (!listener) return null
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId))
  if (!message) return null
  const { applicationId } = listener
  const { roomId, peerUsername, type, content } = message
  const lane = applicationLane(applicationId)
  await tx.insert(callbackEvents).values({
    id: newId('callbackEvent'),
    applicationId,
    lane,
    type: 'message_sent',
    robotId,
    roomId,
    messageId,
    data: {
      content: storableText(content),
      robot_id: robotId,
      room_id: roomId ?? '',
      to_user: roomId ?? peerUsername ?? '',
      message_id: messageId,
      msg_type: type,
    },
  })
  return lane
}
