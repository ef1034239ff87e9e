import { fetchAllRooms } from './fetch-rooms'
import type { Line } from './line'
import { backoffMs, pause } from './pause'

const chatsWithinMs = 3_000

/**
 * After going online: learns all rooms and tells them as a complete list. Tries again until it has them or the line ends.
 * @param isNewLogin WeChat then lists the account's chats after a notice; those tell of rooms that are not in the address book.
 */
export async function loadRooms(line: Line, { isNewLogin }: { isNewLogin: boolean }): Promise<void> {
  for (let failures = 0; !line.signal.aborted;) {
    try {
      if (isNewLogin && failures === 0) {
        await line.client.notifyMobile()
        // An account without chats gets no list, so there is an end to waiting.
        await Promise.race([line.chats.promise, pause(chatsWithinMs, line.signal)])
      }
      line.isLoaded = true
      const rooms = await fetchAllRooms(line)
      line.bookLoaded.resolve()
      line.isBookLoaded = true
      const contacts = line.book.contacts()
      await line.events.hand(
        [
          { type: 'rooms', rooms, isComplete: true },
          { type: 'contacts', contacts },
        ],
        null,
      )
      return
    } catch (error) {
      if (line.signal.aborted) return
      line.log.warn({ err: error }, 'the rooms could not be fetched, another try follows')
      await pause(backoffMs(++failures, 1_000, 60_000), line.signal)
    }
  }
}
