import { sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { touchConversation } from '@/lib/conversation/touch-conversation'
import { media, messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'

export type IncomingMessage = {
  robotId: string
  wechatId: string
  roomId: string | null
  senderUsername: string
  senderName: string
  type: 'text' | 'image' | 'other'
  text: string
  media: { contentType: string; fileName: string | null; bytes: Buffer } | null
}

/**
 * Stores a received message; null: WeChat had delivered it before (G3).
 * The content of a file is the URL of its bytes, from `mediaUrl`. A file that would exceed the application's `maxMediaBytes`
 * (0 = no limit) is not stored; the content is then the text, which names the kind of file.
 */
export async function receiveMessage(
  tx: Tx,
  incoming: IncomingMessage,
  {
    mediaUrl,
    maxMediaBytes = 0,
  }: { mediaUrl: (mediaId: string, fileName: string | null) => string; maxMediaBytes?: number },
): Promise<{ messageId: string; content: string } | null> {
  const messageId = newId('message')
  const isStored = incoming.media !== null && (await isWithinLimit(tx, incoming.robotId, incoming.media, maxMediaBytes))
  const mediaId = isStored ? newId('media') : null
  const content = mediaId ? mediaUrl(mediaId, incoming.media?.fileName ?? null) : incoming.text
  const { robotId, wechatId, roomId, senderName, type } = incoming
  const peerUsername = roomId ? null : incoming.senderUsername
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
  touchConversation(tx, { messageId, robotId, roomId, peerUsername, direction: 'in', senderName })
  if (mediaId && incoming.media) await storeMedia(tx, { mediaId, messageId, robotId, ...incoming.media })
  return { messageId, content }
}

async function isWithinLimit(tx: Tx, robotId: string, { bytes }: { bytes: Buffer }, maxBytes: number) {
  if (maxBytes === 0) return true
  const [stored] = await tx.execute<{ bytes: number }>(sql`
    select coalesce(sum(size_bytes), 0)::float8 as bytes from media where robot_id in (
      select id from robots where application_id = (select application_id from robots where id = ${robotId}))`)
  return stored!.bytes + bytes.length <= maxBytes
}

async function storeMedia(
  tx: Tx,
  input: { mediaId: string; messageId: string; robotId: string } & NonNullable<IncomingMessage['media']>,
): Promise<void> {
  const { mediaId: id, bytes, ...rest } = input
  await tx.insert(media).values({ ...rest, id, sizeBytes: bytes.length, bytes })
}
