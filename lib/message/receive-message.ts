import type { Tx } from '../db/client'
import { media, messages } from '../db/schema/message'
import { newId } from '../id'

export type Arrival = {
  robotId: string
  wechatId: string
  roomId: string | null
  senderUsername: string
  senderName: string
  type: 'text' | 'image' | 'other'
  text: string
  media: { contentType: string; bytes: Buffer } | null
}

/**
 * Stores a message that arrived; null when WeChat had delivered it before (G3).
 * The content of an image is our link to its bytes: `mediaUrl` makes it of their id.
 */
export async function receiveMessage(
  tx: Tx,
  arrival: Arrival,
  { mediaUrl }: { mediaUrl: (mediaId: string) => string },
): Promise<{ messageId: string; content: string } | null> {
  const messageId = newId('message')
  const mediaId = arrival.media ? newId('media') : null
  const content = mediaId ? mediaUrl(mediaId) : arrival.text
  const { robotId, wechatId, roomId, senderName, type } = arrival
  const peerUsername = roomId ? null : arrival.senderUsername
  const inserted = await tx
    .insert(messages)
    .values({
      id: messageId,
      robotId,
      direction: 'in',
      state: 'received',
      type,
      roomId,
      peerUsername,
      senderName,
      content,
      wechatId,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  if (inserted.length === 0) return null
  if (mediaId && arrival.media) await keepMedia(tx, { mediaId, messageId, robotId, ...arrival.media })
  return { messageId, content }
}

async function keepMedia(
  tx: Tx,
  input: { mediaId: string; messageId: string; robotId: string; contentType: string; bytes: Buffer },
): Promise<void> {
  const { mediaId: id, messageId, robotId, contentType, bytes } = input
  await tx.insert(media).values({ id, messageId, robotId, contentType, sizeBytes: bytes.length, bytes })
}
