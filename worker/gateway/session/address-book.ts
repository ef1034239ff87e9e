import { createSemaphore } from '@/lib/semaphore'
import { briefInfos, contactsList, roomInfo } from '@/worker/gateway/protocol/shapes'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import { WechatCallError } from '@/worker/wechat/errors'
import type { ContactSnapshot, RoomSnapshot } from '@/worker/wechat/port'

const listTimeoutMs = 60_000
const callTimeoutMs = 15_000
const lookUpTimeoutMs = 5_000
const namesPerCall = 50
const concurrentCalls = 4
/** Maximum rooms whose members are kept in memory. */
const maxRooms = 2_000
/** Pause before the next lookup of a room or person that could not be looked up, or does not explain a sender. */
const lookUpPauseMs = 60_000

/** Accounts of WeChat itself, which are not people. */
const systemAccounts = new Set(
  'weixin fmessage filehelper medianote floatbottle newsapp qmessage qqmail tmessage notifymessage weibo'.split(' '),
)
export const isPerson = (username: string) =>
  username !== '' && !systemAccounts.has(username) && !username.startsWith('gh_') && !username.endsWith('@chatroom')

type KnownRoom = { snapshot: RoomSnapshot; names: Map<string, string>; atMs: number }

/** The contacts and rooms of one account, as far as its gateway has sent them. */
export class AddressBook {
  /** null: not fetched yet. */
  #contacts: Map<string, ContactSnapshot> | null = null
  readonly #rooms = new Map<string, KnownRoom>()
  readonly #lookedUpMs = new Map<string, number>()

  get contacts(): ContactSnapshot[] | null {
    return this.#contacts && [...this.#contacts.values()]
  }

  setContacts(contacts: ContactSnapshot[]): void {
    this.#contacts = new Map(contacts.map((contact) => [contact.username, contact]))
  }

  /** Returns whether an account is a contact; true until the contacts are fetched. */
  isContact(username: string): boolean {
    return !this.#contacts || this.#contacts.has(username)
  }

  putContact(contact: ContactSnapshot): void {
    this.#contacts?.set(contact.username, contact)
  }

  forget(username: string): void {
    this.#contacts?.delete(username)
    this.#rooms.delete(username)
  }

  contact(username: string): ContactSnapshot | undefined {
    return this.#contacts?.get(username)
  }

  room(username: string): KnownRoom | undefined {
    return this.#rooms.get(username)
  }

  putRoom(snapshot: RoomSnapshot, names: Map<string, string>): RoomSnapshot {
    const { username } = snapshot
    this.#rooms.delete(username)
    this.#rooms.set(username, { snapshot, names, atMs: performance.now() })
    const [oldest] = this.#rooms.keys()
    if (this.#rooms.size > maxRooms && oldest) this.#rooms.delete(oldest)
    return snapshot
  }

  /** Returns whether a room or person may be looked up now, and counts the lookup. */
  mayLookUp(username: string): boolean {
    const nowMs = performance.now()
    if (nowMs - (this.#lookedUpMs.get(username) ?? -lookUpPauseMs) < lookUpPauseMs) return false
    if (this.#lookedUpMs.size > 2 * maxRooms) this.#lookedUpMs.clear()
    this.#lookedUpMs.set(username, nowMs)
    return true
  }
}

/** A room of which nothing but its id is known. */
export function bareRoom(username: string): RoomSnapshot {
  return { username, name: '', memberCount: 0, wechatId: username, headSeq: null, isOwn: null, members: null }
}

/** Asks the gateway for a room with its members. @throws WechatCallError, with failure `ret` for a room that the account is not in */
export async function fetchRoom(
  session: GatewaySession,
  username: string,
  timeoutMs = callTimeoutMs,
): Promise<{ room: RoomSnapshot; usernames: string[] }> {
  const { appId = '', wxid } = session.position ?? {}
  const body = { appId, chatroomId: username }
  const parsed = roomInfo.safeParse(await session.client.call('/group/getChatroomInfo', body, { timeoutMs }))
  if (!parsed.success) throw new WechatCallError('getChatroomInfo', 'unreadable', 'no room')
  const { nickName, chatRoomOwner, memberList } = parsed.data
  const names = new Map(memberList.map((member) => [member.wxid, member.displayName || member.nickName]))
  const room = session.book.putRoom(
    {
      ...bareRoom(username),
      name: nickName,
      memberCount: names.size,
      isOwn: chatRoomOwner === '' ? null : chatRoomOwner === wxid,
    },
    names,
  )
  return { room, usernames: [...names.keys()] }
}

/** Looks up the room of a message if it, or the sender in it, is unknown. Never throws: what the gateway does not send stays empty. */
export async function lookUpRoom(
  session: GatewaySession,
  { username, sender }: { username: string; sender: string },
): Promise<{ room: RoomSnapshot; senderName: string }> {
  const { book, log, signal } = session
  const known = book.room(username)
  if ((!known || (sender !== '' && !known.names.has(sender))) && book.mayLookUp(username))
    await fetchRoom(session, username, lookUpTimeoutMs).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, 'a room could not be looked up')
    })
  const room = book.room(username)
  return {
    room: room?.snapshot ?? bareRoom(username),
    senderName: room?.names.get(sender) ?? book.contact(sender)?.nickname ?? '',
  }
}

/** Looks up a person who is not in the address book. Never throws. null: unknown. */
export async function lookUpPerson(session: GatewaySession, username: string): Promise<ContactSnapshot | null> {
  const known = session.book.contact(username)
  if (known || !session.book.mayLookUp(username)) return known ?? null
  try {
    const [person] = await fetchNames(session, [username], lookUpTimeoutMs)
    return person ?? null
  } catch (error) {
    if (!session.signal.aborted) session.log.warn({ err: error }, 'a person could not be looked up')
    return null
  }
}

async function fetchNames(session: GatewaySession, wxids: string[], timeoutMs: number): Promise<ContactSnapshot[]> {
  const body = { appId: session.position?.appId ?? '', wxids }
  const infos = briefInfos.parse(await session.client.call('/contacts/getBriefInfo', body, { timeoutMs }))
  return infos.map(({ userName, nickName, remark }) => ({ username: userName, nickname: nickName, remark }))
}

/**
 * Fetches the address book: people with their names, and all rooms. Rooms are those saved to the contacts and those known from before,
 * because a gateway lists no others. A known room is left out only if the gateway refuses to describe it.
 * @throws WechatCallError
 */
export async function fetchAddressBook(session: GatewaySession): Promise<ContactSnapshot[]> {
  const { friends } = await fetchLists(session)
  const people = friends.filter(isPerson)
  const pages = Array.from({ length: Math.ceil(people.length / namesPerCall) }, (_, page) =>
    people.slice(page * namesPerCall, (page + 1) * namesPerCall),
  )
  const calls = createSemaphore({ maxRunning: concurrentCalls, maxWaiting: Number.POSITIVE_INFINITY })
  const named = await Promise.all(pages.map((page) => calls.run(() => fetchNames(session, page, callTimeoutMs))))
  const byUsername = new Map(named.flat().map((contact) => [contact.username, contact]))
  const contacts = people.map((username) => byUsername.get(username) ?? { username, nickname: '', remark: '' })
  session.book.setContacts(contacts)
  return contacts
}

/** Fetches all rooms; what is not described within `withinMs` is reported by its id. @throws WechatCallError */
export async function fetchRooms(session: GatewaySession, withinMs: number): Promise<RoomSnapshot[]> {
  const endMs = performance.now() + withinMs
  const saved = new Set((await fetchLists(session)).chatrooms)
  const usernames = new Set([...saved, ...(await session.store.listRooms())])
  const calls = createSemaphore({ maxRunning: concurrentCalls, maxWaiting: Number.POSITIVE_INFINITY })
  const describe = async (username: string): Promise<RoomSnapshot[]> => {
    const leftMs = Math.floor(endMs - performance.now())
    if (leftMs <= 0) return [bareRoom(username)]
    try {
      return [(await fetchRoom(session, username, Math.min(leftMs, callTimeoutMs))).room]
    } catch (error) {
      const isRefused = error instanceof WechatCallError && error.failure === 'ret'
      return isRefused && !saved.has(username) ? [] : [bareRoom(username)]
    }
  }
  return (await Promise.all([...usernames].map((username) => calls.run(() => describe(username))))).flat()
}

async function fetchLists(session: GatewaySession) {
  const body = { appId: session.position?.appId ?? '' }
  const parsed = contactsList.safeParse(
    await session.client.call('/contacts/fetchContactsList', body, { timeoutMs: listTimeoutMs }),
  )
  if (!parsed.success) throw new WechatCallError('fetchContactsList', 'unreadable', 'no lists')
  return parsed.data
}
