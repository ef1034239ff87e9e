import type { Line } from './line'
import { isRoomName } from './contact-book'
import type { RoomSnapshot } from './port'
import { contactList, contactPage } from './raw-shapes'

const mostPages = 100
const mostAtOnce = 50

/** Asks WeChat for the address book and for every room known by then; resolves with the rooms the account is in. */
export async function fetchAllRooms(line: Line): Promise<RoomSnapshot[]> {
  let seq = 0
  for (let page = 0; page < mostPages; page++) {
    const { MemberList, Seq } = contactPage.parse(await line.client.getContact(seq))
    for (const contact of MemberList) line.book.put(contact)
    if (Seq === 0 || Seq === seq) break
    seq = Seq
  }
  await fetchContacts(line, line.book.roomNames())
  return line.book.rooms()
}

/**
 * Asks for the details of these people and rooms. A room that WeChat shows without members is one we are no longer in (assumed): it is
 * forgotten. Resolves with those of them that were known.
 */
export async function fetchContacts({ client, book }: Line, usernames: string[]): Promise<{ left: string[] }> {
  const left: string[] = []
  for (let start = 0; start < usernames.length; start += mostAtOnce) {
    const asked = usernames.slice(start, start + mostAtOnce)
    const list = asked.map((UserName) => ({ UserName, EncryChatRoomId: '' }))
    for (const contact of contactList.parse(await client.batchGetContact(list))) {
      if (!isRoomName(contact.UserName) || contact.MemberList.length > 0) book.put(contact)
      else {
        if (book.room(contact.UserName)) left.push(contact.UserName)
        book.forget(contact.UserName)
      }
    }
  }
  return { left }
}
