import { fetchContactDetails, fetchContactPage } from '@/worker/wechat/client/contact-calls'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import { isRoomName } from '@/worker/wechat/protocol/contact-book'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import type { RoomSnapshot } from '@/worker/wechat/port'
import { contactList, contactPage } from '@/worker/wechat/protocol/raw-shapes'

const maxPages = 100
const maxPerCall = 50

/** Fetches the address book and the details of every known room; returns the rooms the account is in. */
export async function fetchAllRooms(session: WechatSession): Promise<RoomSnapshot[]> {
  const listed = await fetchAddressBook(session)
  if (listed) {
    const missing = session.book
      .roomNames()
      .filter((username) => session.book.wasSaved(username) && !listed.has(username))
    for (const username of missing) session.book.addGoneSign(username, 'not_in_address_book')
  }
  await fetchContacts(session, session.book.roomNames())
  return session.book.rooms()
}

/** Returns the user names in the address book. null: it has more than `maxPages` pages. */
async function fetchAddressBook({ client, book }: WechatSession): Promise<Set<string> | null> {
  const listed = new Set<string>()
  let seq = 0
  for (let page = 0; page < maxPages; page++) {
    const { MemberList, Seq } = contactPage.parse(await fetchContactPage(client, seq))
    for (const contact of MemberList) {
      book.put(contact)
      listed.add(contact.UserName)
    }
    if (Seq === 0 || Seq === seq) return listed
    seq = Seq
  }
  return null
}

/**
 * Fetches the details of these contacts and rooms. A room that WeChat shows without members (`empty`) keeps its known details: that is a
 * sign that the account left it, not a proof. Returns in `left` the rooms now proved to be left, which are forgotten.
 */
export async function fetchContacts(
  { client, book }: WechatSession,
  usernames: string[],
): Promise<{ left: string[]; empty: string[] }> {
  const left: string[] = []
  const empty: string[] = []
  for (let start = 0; start < usernames.length; start += maxPerCall) {
    const chunk = usernames.slice(start, start + maxPerCall)
    for (const contact of contactList.parse(await fetchContactDetails(client, chunk))) {
      const { UserName: username } = contact
      if (!isRoomName(username) || contact.MemberList.length > 0) {
        book.put(contact)
        continue
      }
      empty.push(username)
      if (book.addGoneSign(username, 'lookup_without_members')) left.push(username)
      else if (book.has(username)) book.addRoom({ ...noDetails, username, name: decodeName(contact.NickName) })
    }
  }
  return { left, empty }
}

/** Looks up a room after a send to it was refused without a reason; emits `room_left` if the account has provably left. */
export async function checkRoomAfterRefusal(session: WechatSession, room: string): Promise<void> {
  const isLeft = session.book.addGoneSign(room, 'send_refused')
  const { left } = isLeft ? { left: [room] } : await fetchContacts(session, [room])
  if (left.length > 0) await session.events.push([{ type: 'room_left', username: room }], null)
}

const noDetails = { memberCount: 0, wechatId: null }
