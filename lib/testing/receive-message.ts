import { type ReceivedMessage, recordMessagesReceived } from '@/lib/callback/event/message-events'
import type { Tx } from '@/lib/db/client'
import { type IncomingMessage, type MediaOptions, receiveMessages } from '@/lib/message/receive-messages'

/** Stores one message that a robot received, like `receiveMessages`; without `maxMediaBytes` files have no limit. */
export async function receiveMessage(
  tx: Tx,
  { robotId, ...message }: IncomingMessage & { robotId: string },
  { mediaUrl, maxMediaBytes = 0 }: Pick<MediaOptions, 'mediaUrl'> & Partial<MediaOptions>,
) {
  const [stored = null] = await receiveMessages(tx, { robotId, incoming: [message], mediaUrl, maxMediaBytes })
  return stored
}

/** Records one received message like `recordMessagesReceived`. */
export async function recordMessageReceived(tx: Tx, { robotId, ...message }: ReceivedMessage & { robotId: string }) {
  const [eventId = null] = await recordMessagesReceived(tx, { robotId, received: [message] })
  return eventId
}
