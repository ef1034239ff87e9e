import { fetchContacts } from './fetch-rooms'
import { fetchFile } from './fetch-file'
import type { Line } from './line'
import { backoffMs, pause } from './pause'
import type { ReceivedMessage } from './port'
import type { RawMessage } from './raw-shapes'
import type { MessageReading } from './read-message'

type Said = Extract<MessageReading, { kind: 'said' }>

const mostTries = 5

/** Completes what somebody said with names and the file it brings. What cannot be learnt is left empty; the message arrives all the same. */
export async function describeMessage(line: Line, raw: RawMessage, reading: Said): Promise<ReceivedMessage> {
  const { book } = line
  const { room, sender } = reading
  await lookUp(line, reading)
  return {
    wechatId: raw.MsgId,
    room: room ? book.outline(room) : null,
    senderUsername: sender,
    senderName: (room && book.memberName(room, sender)) || (book.contactName(sender) ?? ''),
    type: reading.type,
    text: reading.text,
    media: reading.file ? await fetchFile(line, raw, reading.file) : null,
  }
}

/** Asks about a speaker or a room we have not met. A room without any name is worth a few tries: by its name it is known again. */
async function lookUp(line: Line, { room, sender }: Said): Promise<void> {
  const { book, signal, log } = line
  const isKnown = () => (room ? book.memberName(room, sender) !== null : book.contactName(sender) !== null)
  for (let failures = 0; !isKnown() && !signal.aborted;) {
    try {
      await fetchContacts(line, [room ?? sender])
      return
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'a speaker could not be looked up')
      if (++failures === mostTries || !room || book.outline(room).name !== '') return
      await pause(backoffMs(failures, 1_000, 15_000), signal)
    }
  }
}
