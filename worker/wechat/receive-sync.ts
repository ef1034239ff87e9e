import { isRoomName } from './contact-book'
import { describeMessage } from './describe-message'
import { fetchContacts } from './fetch-rooms'
import { selfUsername, type Line } from './line'
import type { RoomSnapshot, WechatEvent } from './port'
import { writePosition } from './position'
import type { RawMessage, SyncAnswer } from './raw-shapes'
import { readMessage } from './read-message'

/**
 * Takes in one answer of the stream, in order: changes of rooms first, so that the messages after them show the new names. Resolves when
 * all of it is stored; the position is handed over with the last of it, never before. Never rejects, whatever the answer holds.
 */
export async function receiveSync(line: Line, answer: SyncAnswer): Promise<void> {
  let unplaced = 0
  const hand = async (events: WechatEvent[], isLast: boolean) => {
    if (events.length === 0 && !(isLast && unplaced > 0)) return
    await line.events.hand(events, isLast ? writePosition(line) : null)
    unplaced += events.length
  }
  await hand(await takeChanges(line, answer), false)
  for (const [index, raw] of answer.AddMsgList.entries()) {
    const events = await takeMessage(line, raw).catch((error: unknown) => {
      line.log.error({ err: error, msgType: raw.MsgType }, 'a message could not be read')
      return []
    })
    await hand(events, index === answer.AddMsgList.length - 1)
  }
}

async function takeChanges(line: Line, { ModContactList, DelContactList }: SyncAnswer): Promise<WechatEvent[]> {
  const changed = ModContactList.filter(({ UserName }) => isRoomName(UserName))
  const before = new Map(changed.map(({ UserName }) => [UserName, line.book.room(UserName)]))
  for (const contact of ModContactList) line.book.put(contact)

  const unclear = changed.filter(({ MemberList }) => MemberList.length === 0).map(({ UserName }) => UserName)
  const { left } = await fetchGently(line, unclear)
  for (const { UserName } of DelContactList) {
    if (isRoomName(UserName) && line.book.room(UserName)) left.push(UserName)
    line.book.forget(UserName)
  }
  const rooms = changed.flatMap(({ UserName }) => line.book.room(UserName) ?? [])
  return [...tellRooms(rooms.filter((room) => !isSame(room, before.get(room.username)))), ...tellLeft(left)]
}

async function takeMessage(line: Line, raw: RawMessage): Promise<WechatEvent[]> {
  const reading = readMessage(raw, selfUsername(line.client))
  switch (reading.kind) {
    case 'said':
      return [{ type: 'message', message: await describeMessage(line, raw, reading) }]
    case 'chats': {
      const unknown = reading.rooms.filter(({ username }) => !line.book.room(username))
      for (const room of reading.rooms) line.book.noteRoom({ name: '', memberCount: 0, ...room })
      line.chats.resolve()
      return unknown.length > 0 && line.isLoaded
        ? tellFresh(
            line,
            unknown.map(({ username }) => username),
          )
        : []
    }
    case 'room_changed': {
      if (!reading.hasRemovedUs) return tellFresh(line, [reading.room])
      const wasKnown = line.book.room(reading.room) !== null
      line.book.forget(reading.room)
      return wasKnown ? tellLeft([reading.room]) : []
    }
    case 'friend_request':
      return [{ type: 'friend_request', request: reading.request }]
    case 'own':
      return reading.room && !line.book.room(reading.room) ? tellFresh(line, [reading.room]) : []
    case 'nothing':
      return []
  }
}

/** Asks about these rooms and tells what is new about them. */
async function tellFresh(line: Line, usernames: string[]): Promise<WechatEvent[]> {
  const before = new Map(usernames.map((username) => [username, line.book.room(username)]))
  const { left } = await fetchGently(line, usernames)
  const rooms = usernames.flatMap((username) => line.book.room(username) ?? [])
  return [...tellRooms(rooms.filter((room) => !isSame(room, before.get(room.username)))), ...tellLeft(left)]
}

/** A question about names holds nothing up: when it fails, we go on with what is known, and the loop notices a dead session by itself. */
async function fetchGently(line: Line, usernames: string[]): Promise<{ left: string[] }> {
  try {
    return await fetchContacts(line, usernames)
  } catch (error) {
    if (!line.signal.aborted) line.log.warn({ err: error }, 'rooms could not be looked up')
    return { left: [] }
  }
}

function tellRooms(rooms: RoomSnapshot[]): WechatEvent[] {
  return rooms.length > 0 ? [{ type: 'rooms', rooms, isComplete: false }] : []
}

function tellLeft(usernames: string[]): WechatEvent[] {
  return usernames.map((username) => ({ type: 'room_left', username }))
}

function isSame(room: RoomSnapshot, other: RoomSnapshot | null | undefined): boolean {
  const compared = ['name', 'memberCount', 'wechatId', 'headSeq'] as const
  return compared.every((key) => room[key] === other?.[key])
}
