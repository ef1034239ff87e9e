import { canJoin } from '@/worker/wechat/session/commit-queue'
import { isRoomName } from '@/worker/wechat/protocol/contact-book'
import { describeFromCache, describeMessage } from '@/worker/wechat/session/describe-message'
import { fetchContacts } from '@/worker/wechat/session/fetch-rooms'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import type { ContactSnapshot, ReceivedMessage, RoomSnapshot, WechatEvent } from '@/worker/wechat/port'
import { writePosition } from '@/worker/wechat/session/position'
import type { RawMessage, SyncResponse } from '@/worker/wechat/protocol/raw-shapes'
import { readMessage, unreadableMessage, type MessageReading } from '@/worker/wechat/protocol/read-message'
import type { RemovalLine } from '@/worker/wechat/protocol/read-removal-line'
import { runWithin } from '@/worker/wechat/session/run-within'

/** Maximum time to read one message; ordinary messages take a few ms. */
const maxReadMs = 1_000

/**
 * Processes one sync response in order: contact changes first, so that messages show the new names. Resolves when all events are stored; the
 * position is committed with the last of them. Never rejects, whatever the response contains.
 */
export async function receiveSync(session: WechatSession, response: SyncResponse): Promise<void> {
  let eventCount = 0
  const waiting: Promise<boolean>[] = []
  const push = async (events: WechatEvent[], isLast: boolean) => {
    if (events.length === 0 && !(isLast && eventCount > 0)) return
    const stored = session.events.push(events, isLast ? writePosition(session) : null)
    eventCount += events.length
    // Messages that wait for each other are stored together.
    if (canJoin(events)) waiting.push(stored)
    else await stored
  }
  await push(await applyContactChanges(session, response), false)
  for (const [index, raw] of response.AddMsgList.entries()) {
    const reading = read(session, raw)
    const events = await toEvents(session, raw, reading).catch((error: unknown) => {
      session.log.error({ err: error, msgType: raw.MsgType }, 'a message could not be described')
      return reading.kind === 'message' ? messageEvents(describeFromCache(session, raw, reading)) : []
    })
    await push(events, index === response.AddMsgList.length - 1)
  }
  await Promise.all(waiting)
}

async function applyContactChanges(
  session: WechatSession,
  { ModContactList, DelContactList }: SyncResponse,
): Promise<WechatEvent[]> {
  const changed = ModContactList.filter(({ UserName }) => isRoomName(UserName))
  const before = new Map(changed.map(({ UserName }) => [UserName, session.book.room(UserName)]))
  const people = new Set(
    [...ModContactList, ...DelContactList].map(({ UserName }) => UserName).filter((name) => !isRoomName(name)),
  )
  const known = new Map([...people].map((username) => [username, session.book.contact(username)]))
  for (const contact of ModContactList) session.book.put(contact)

  const unclear = changed.filter(({ MemberList }) => MemberList.length === 0).map(({ UserName }) => UserName)
  const { left } = await tryFetchContacts(session, unclear)
  for (const { UserName } of DelContactList) {
    if (!isRoomName(UserName)) session.book.forget(UserName)
    else if (session.book.addGoneSign(UserName, 'contact_deleted')) left.push(UserName)
  }
  const rooms = changed.flatMap(({ UserName }) => session.book.room(UserName) ?? [])
  return [
    ...contactEvents(session, known),
    ...roomsEvents(rooms.filter((room) => !isSame(room, before.get(room.username)))),
    ...roomLeftEvents(left),
  ]
}

/** Compares people with what was known of them before. Until the address book is loaded there is nothing to change. */
function contactEvents(
  { book, isAddressBookLoaded }: WechatSession,
  before: ReadonlyMap<string, ContactSnapshot | null>,
): WechatEvent[] {
  if (!isAddressBookLoaded) return []
  const contacts = [...before].flatMap(([username, known]) => {
    const now = book.contact(username)
    return now && (now.nickname !== known?.nickname || now.remark !== known.remark) ? now : []
  })
  const removed = [...before].flatMap(([username, known]) => (known && !book.contact(username) ? username : []))
  return contacts.length + removed.length === 0 ? [] : [{ type: 'contacts_changed', contacts, removed }]
}

/** Reads one message within `maxReadMs`. A message that cannot be read is stored as unreadable and delays no other message. */
function read(session: WechatSession, raw: RawMessage): MessageReading {
  const self = session.client.self.username
  try {
    return runWithin(maxReadMs, () => readMessage(raw, self))
  } catch (error) {
    const { MsgType: msgType, AppMsgType: appMsgType } = raw
    session.log.error(
      { err: error, msgType, appMsgType, contentLength: raw.Content.length },
      'a message could not be read',
    )
    return unreadableMessage(raw, self)
  }
}

async function toEvents(session: WechatSession, raw: RawMessage, reading: MessageReading): Promise<WechatEvent[]> {
  switch (reading.kind) {
    case 'message':
      return messageEvents(await describeMessage(session, raw, reading))
    case 'chats': {
      const unknown = reading.rooms.filter(({ username }) => !session.book.room(username))
      for (const room of reading.rooms) session.book.addRoom({ name: '', memberCount: 0, ...room })
      session.chatsListed.resolve()
      return unknown.length > 0 && session.areRoomsRequested
        ? lookUpRooms(
            session,
            unknown.map(({ username }) => username),
          )
        : []
    }
    case 'room_changed': {
      const { room, removal } = reading
      // Other lines may be removals in other words, or look like removals because of a member's name: look the room up.
      if (!removal || !isCertain(session, room, removal))
        return [...(await lookUpRooms(session, [room])), ...joinEvents(session, raw, reading)]
      return session.book.addGoneSign(room, 'removal_line') ? roomLeftEvents([room]) : []
    }
    case 'friend_request':
      return [{ type: 'friend_request', request: reading.request }]
    case 'own':
      return reading.room && !session.book.room(reading.room) ? lookUpRooms(session, [reading.room]) : []
    case 'ignored':
      return []
  }
}

function joinEvents(
  { book }: WechatSession,
  { MsgId: wechatId }: RawMessage,
  { room, joined: names }: Extract<MessageReading, { kind: 'room_changed' }>,
): WechatEvent[] {
  const snapshot = book.room(room)
  return names === null || !snapshot ? [] : [{ type: 'members_joined', room: snapshot, names, wechatId }]
}

/** Fetches these rooms; returns events for those that changed or were left. */
async function lookUpRooms(session: WechatSession, usernames: string[]): Promise<WechatEvent[]> {
  const before = new Map(usernames.map((username) => [username, session.book.room(username)]))
  const { left } = await tryFetchContacts(session, usernames)
  const rooms = usernames.flatMap((username) => session.book.room(username) ?? [])
  return [...roomsEvents(rooms.filter((room) => !isSame(room, before.get(room.username)))), ...roomLeftEvents(left)]
}

/** Returns whether a line is certainly a removal: it has quotes, or a member has exactly the remover's name. */
function isCertain({ book }: WechatSession, room: string, { remover, isQuoted }: RemovalLine): boolean {
  return isQuoted || (remover !== null && book.memberNames(room).includes(remover))
}

/** Fetches contacts, but continues with the known data on failure; the sync loop detects a dead session. */
async function tryFetchContacts(session: WechatSession, usernames: string[]): Promise<{ left: string[] }> {
  try {
    return await fetchContacts(session, usernames)
  } catch (error) {
    if (!session.signal.aborted) session.log.warn({ err: error }, 'rooms could not be looked up')
    return { left: [] }
  }
}

function messageEvents(message: ReceivedMessage): WechatEvent[] {
  return [{ type: 'message', message }]
}

function roomsEvents(rooms: RoomSnapshot[]): WechatEvent[] {
  return rooms.length > 0 ? [{ type: 'rooms', rooms, isComplete: false }] : []
}

function roomLeftEvents(usernames: string[]): WechatEvent[] {
  return usernames.map((username) => ({ type: 'room_left', username }))
}

function isSame(room: RoomSnapshot, other: RoomSnapshot | null | undefined): boolean {
  const compared = ['name', 'memberCount', 'wechatId', 'headSeq', 'isOwn'] as const
  return compared.every((key) => room[key] === other?.[key])
}
