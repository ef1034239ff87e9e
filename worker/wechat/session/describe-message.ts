import { retry } from '@/lib/retry'
import { fetchContacts } from '@/worker/wechat/session/fetch-rooms'
import { fetchFile } from '@/worker/wechat/session/fetch-file'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import type { ReceivedMessage } from '@/worker/wechat/port'
import type { RawMessage } from '@/worker/wechat/protocol/raw-shapes'
import type { MessageReading } from '@/worker/wechat/protocol/read-message'

type MessageContent = Extract<MessageReading, { kind: 'message' }>

const maxAttempts = 5

/** Completes a message with names and its file. What cannot be fetched stays empty; the message is delivered in any case. */
export async function describeMessage(
  session: WechatSession,
  raw: RawMessage,
  reading: MessageContent,
): Promise<ReceivedMessage> {
  const { book } = session
  const { room } = reading
  if (room) {
    // A message proves that the account is in the room, whatever a lookup returns.
    if (!book.has(room)) book.addRoom({ username: room, name: '', memberCount: 0, wechatId: null })
    book.clearGoneSigns(room)
  }
  await lookUp(session, reading)
  const media = reading.file ? await fetchFile(session, raw, reading.file) : null
  return { ...describeFromCache(session, raw, reading), media }
}

/** Describes a message with the names that are already known, without a call to WeChat. */
export function describeFromCache(
  { book }: WechatSession,
  raw: RawMessage,
  { room, sender, type, text }: MessageContent,
): ReceivedMessage {
  const senderName = (room && book.memberName(room, sender)) || (book.contactName(sender) ?? '')
  const outline = room ? book.outline(room) : null
  return { wechatId: raw.MsgId, room: outline, senderUsername: sender, senderName, type, text, media: null }
}

/** Looks up an unknown sender or room. Retries for a room without a name, because the name reidentifies the room. */
async function lookUp(session: WechatSession, { room, sender }: MessageContent): Promise<void> {
  const { book, signal, log } = session
  const isKnown = () => (room ? book.memberName(room, sender) !== null : book.contactName(sender) !== null)
  const fetchUnknown = async () => {
    if (!isKnown()) await fetchContacts(session, [room ?? sender])
  }
  const onFailure = (error: unknown, failures: number) => {
    if (!signal.aborted) log.warn({ err: error }, 'a sender could not be looked up')
    if (failures === maxAttempts || !room || book.outline(room).name !== '') throw error
  }
  await retry(fetchUnknown, { minMs: 1_000, maxMs: 15_000, signal, onFailure }).catch(() => undefined)
}
