import { fetchContacts } from './fetch-rooms'
import { fetchImage } from './fetch-image'
import type { Line } from './line'
import type { ReceivedMessage, RoomSnapshot } from './port'
import type { MessageReading } from './read-message'

/** Completes what somebody said with names and the picture. What cannot be learnt is left empty; the message arrives all the same. */
export async function describeMessage(
  line: Line,
  messageId: string,
  reading: Extract<MessageReading, { kind: 'said' }>,
): Promise<ReceivedMessage> {
  const { book } = line
  const { room, sender } = reading
  const isKnown = () =>
    room ? book.room(room) && book.memberName(room, sender) !== null : book.contactName(sender) !== null
  if (!isKnown())
    await fetchContacts(line, [room ?? sender]).catch((error: unknown) => {
      if (!line.signal.aborted) line.log.warn({ err: error }, 'a speaker could not be looked up')
    })
  return {
    wechatId: messageId,
    room: room ? (book.room(room) ?? unknownRoom(line, room)) : null,
    senderUsername: sender,
    senderName: (room && book.memberName(room, sender)) || (book.contactName(sender) ?? ''),
    type: reading.type,
    text: reading.text,
    media: reading.hasImage ? await fetchImage(line, messageId) : null,
  }
}

/** A room of which WeChat told nothing but that somebody speaks there. */
function unknownRoom({ book }: Line, username: string): RoomSnapshot {
  return { username, name: '', memberCount: 0, wechatId: book.wechatIdOf(username) }
}
