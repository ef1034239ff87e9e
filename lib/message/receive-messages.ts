import { sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { touchConversations } from '@/lib/conversation/touch-conversation'
import { inChunks } from '@/lib/db/in-chunks'
import { media, messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'

export type IncomingMessage = {
  wechatId: string
  roomId: string | null
  senderUsername: string
  senderName: string
  type: 'text' | 'image' | 'other'
  text: string
  media: { contentType: string; fileName: string | null; bytes: Buffer } | null
}

export type MediaOptions = {
  /** Returns the URL of a stored file. */
  mediaUrl: (mediaId: string, fileName: string | null) => string
  /** Limit of all files of the robot's application. 0: none. */
  maxMediaBytes: number
}

export type ReceivedContent = { messageId: string; content: string }

/**
 * Stores messages that a robot received, in this order. Returns the id and content of each; null: WeChat had
 * delivered it before (G3). The content of a file is the URL of its bytes. A file above the limit of its application is not stored; the
 * content is then the text, which names the kind of file.
 */
export async function receiveMessages(
  tx: Tx,
  {
    robotId,
    incoming,
    mediaUrl,
    maxMediaBytes,
  }: MediaOptions & { robotId: string; incoming: readonly IncomingMessage[] },
): Promise<(ReceivedContent | null)[]> {
  if (incoming.length === 0) return []
  const isWithinLimit = await openMediaLimit(tx, { robotId, incoming, maxMediaBytes })
  const arrivals = incoming.map((message) => {
    const { wechatId, roomId, senderUsername, senderName, type, text } = message
    const file = message.media && isWithinLimit(message.media.bytes.length) ? message.media : null
    const mediaId = file && newId('media')
    const content = mediaId ? mediaUrl(mediaId, file.fileName) : text
    const peerUsername = roomId ? null : senderUsername
    const row = { id: newId('message'), robotId, type, roomId, peerUsername, senderName, content, wechatId }
    return { row, file, mediaId }
  })
  const newIds = new Set<string>()
  for (const chunk of inChunks(arrivals)) {
    const rows = chunk.map(({ row }) => ({ ...row, direction: 'in' as const, state: 'received' as const }))
    const inserted = await tx.insert(messages).values(rows).onConflictDoNothing().returning({ id: messages.id })
    for (const { id } of inserted) newIds.add(id)
  }
  const stored = arrivals.filter(({ row }) => newIds.has(row.id))
  touchConversations(
    tx,
    stored.map(({ row: { id, ...row } }) => ({ ...row, messageId: id, direction: 'in' })),
  )
  for (const { row, file, mediaId } of stored)
    if (file && mediaId)
      await tx.insert(media).values({ ...file, id: mediaId, messageId: row.id, robotId, sizeBytes: file.bytes.length })
  return arrivals.map(({ row }) => (newIds.has(row.id) ? { messageId: row.id, content: row.content } : null))
}

/** Returns a function that says whether a file still fits, and then counts it. */
async function openMediaLimit(
  tx: Tx,
  {
    robotId,
    incoming,
    maxMediaBytes,
  }: { robotId: string; incoming: readonly IncomingMessage[]; maxMediaBytes: number },
): Promise<(sizeBytes: number) => boolean> {
  if (maxMediaBytes === 0 || incoming.every((message) => message.media === null)) return () => true
  const [stored] = await tx.execute<{ bytes: number }>(sql`
    select coalesce(sum(size_bytes), 0)::float8 as bytes from media where robot_id in (
      select id from robots where application_id = (select application_id from robots where id = ${robotId}))`)
  let totalBytes = stored!.bytes
  return (sizeBytes) => {
    const isWithin = totalBytes + sizeBytes <= maxMediaBytes
    if (isWithin) totalBytes += sizeBytes
    return isWithin
  }
}
