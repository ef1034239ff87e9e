import { fileTypeFromBuffer } from 'file-type'
import { type GatewayMessage, readGatewayEvent } from '@/lib/gateway/read-event'
import { createSemaphore } from '@/lib/semaphore'
import { type MessageReading, readMessage } from '@/worker/gateway/protocol/read-message'
import { fileLink } from '@/worker/gateway/protocol/shapes'
import { fetchRoom, isPerson, lookUpPerson, lookUpRoom } from '@/worker/gateway/session/address-book'
import type { GatewaySession, StoredEvent } from '@/worker/gateway/session/gateway-session'
import { writePosition } from '@/worker/gateway/session/position'
import { WechatCallError } from '@/worker/wechat/errors'
import type { ReceivedMessage, WechatEvent } from '@/worker/wechat/port'
import { readXml } from '@/worker/wechat/protocol/read-xml'

const eventsPerBatch = 50
const linkTimeoutMs = 10_000
const fileTimeoutMs = 15_000
const concurrentFiles = 4
/** Sizes of a received image, the one that people see first. */
const imageSizes = [2, 1, 3]

/** Processes all stored callbacks, in their order; the position is committed with them. Resolves when none is left. */
export async function receiveEvents(session: GatewaySession): Promise<void> {
  const { store, events, signal } = session
  while (session.position && !signal.aborted) {
    const stored = await store.readEvents({ afterId: session.position.cursor, limit: eventsPerBatch })
    const last = stored.at(-1)
    if (!last) return
    const batch = await toEvents(session, stored)
    session.position = { ...session.position, cursor: last.id }
    if (!(await events.push(batch, writePosition(session.position)))) return
    await store.completeEvents({ upToId: last.id })
  }
}

async function toEvents(session: GatewaySession, stored: StoredEvent[]): Promise<WechatEvent[]> {
  const files = createSemaphore({ maxRunning: concurrentFiles, maxWaiting: Number.POSITIVE_INFINITY })
  const readings = stored.flatMap(({ body }) => {
    const event = readGatewayEvent(body)
    if (event?.kind !== 'message') return event ? { event } : []
    const reading = readMessage(event.message)
    const media = reading.kind === 'message' && reading.isImage ? event.message.content : null
    return { event, reading, media: media === null ? null : files.run(() => fetchImage(session, media)) }
  })
  const batch: WechatEvent[] = []
  // All events of the batch are older than the lookup, so one lookup per room shows what they changed.
  const seenRooms = new Set<string>()
  const lookUpOnce = async (room: string) => {
    if (seenRooms.has(room)) return []
    seenRooms.add(room)
    return roomEvents(session, room)
  }
  for (const { event, reading, media } of readings.map((one) => ({ reading: null, media: null, ...one }))) {
    if (event.kind === 'connection') session.isCheckDue = true
    else if (event.kind === 'contact' && event.username.endsWith('@chatroom'))
      batch.push(...(await lookUpOnce(event.username)))
    else if (event.kind === 'contact') batch.push(...(await contactEvents(session, event)))
    else if (event.kind === 'message' && reading?.kind === 'message')
      batch.push(await messageEvent(session, event.message, { ...reading, wechatId: event.key, media: await media }))
    else if (event.kind === 'message' && reading?.kind === 'friend_request')
      batch.push({ type: 'friend_request', request: reading.request })
    else if (event.kind === 'message' && reading?.kind === 'room_changed')
      batch.push(...(await lookUpOnce(reading.room)), ...joinEvents(session, reading, event.key))
    else if (event.kind === 'message' && event.message.room && !session.book.room(event.message.room))
      batch.push(...(await lookUpOnce(event.message.room)))
  }
  return withOneAddressBook(batch).filter(
    (event) => event.type !== 'message' || event.message.room || isPerson(event.message.senderUsername),
  )
}

/** Keeps one report of the address book, the newest in the place of the first: each of them lists all contacts. */
function withOneAddressBook(batch: WechatEvent[]): WechatEvent[] {
  const newest = batch.findLast(({ type }) => type === 'contacts')
  const first = batch.findIndex(({ type }) => type === 'contacts')
  return batch.flatMap((event, index) => {
    if (event.type !== 'contacts') return event
    return index === first && newest ? newest : []
  })
}

async function messageEvent(
  session: GatewaySession,
  { room: username, sender }: GatewayMessage,
  received: Pick<ReceivedMessage, 'type' | 'text' | 'wechatId' | 'media'>,
): Promise<WechatEvent> {
  const { type, text, wechatId, media } = received
  const content = { wechatId, type, text, media, senderUsername: sender }
  if (!username) {
    const person = isPerson(sender) ? await lookUpPerson(session, sender) : null
    return { type: 'message', message: { ...content, room: null, senderName: person?.nickname ?? '' } }
  }
  const { room, senderName } = await lookUpRoom(session, { username, sender })
  return { type: 'message', message: { ...content, room, senderName } }
}

/** People joined a room that the account is still in. */
function joinEvents(
  { book }: GatewaySession,
  { room: username, joined: names }: Extract<MessageReading, { kind: 'room_changed' }>,
  wechatId: string,
): WechatEvent[] {
  const room = book.room(username)?.snapshot
  return names === null || !room ? [] : [{ type: 'members_joined', room, names, wechatId }]
}

/** Looks a room up again; a room that the gateway refuses to describe, or lists without the account, was left. */
async function roomEvents(session: GatewaySession, username: string): Promise<WechatEvent[]> {
  const { book, log, position, signal } = session
  try {
    const { room, usernames } = await fetchRoom(session, username)
    if (usernames.length === 0 || usernames.includes(position?.wxid ?? ''))
      return [{ type: 'rooms', rooms: [room], isComplete: false }]
  } catch (error) {
    if (!(error instanceof WechatCallError) || error.failure !== 'ret') {
      if (!signal.aborted) log.warn({ err: error }, 'a changed room could not be looked up')
      return []
    }
  }
  book.forget(username)
  return [{ type: 'room_left', username }]
}

async function contactEvents(
  session: GatewaySession,
  { username, isDeleted }: { username: string; isDeleted: boolean },
): Promise<WechatEvent[]> {
  const { book } = session
  if (!isPerson(username) || !book.contacts) return []
  if (isDeleted) book.forget(username)
  else {
    const before = book.contact(username)
    book.forget(username)
    const person = (await lookUpPerson(session, username)) ?? before
    if (person) book.putContact(person)
  }
  return [{ type: 'contacts', contacts: book.contacts }]
}

/** Fetches a received image. null: not available, or not an image. */
async function fetchImage(session: GatewaySession, xml: string): Promise<ReceivedMessage['media']> {
  const { client, log, signal } = session
  for (const call of [
    ...imageSizes.map((type) => () => fetchLink(session, 'downloadImage', { xml, type })),
    () => fetchFromCdn(session, xml),
  ]) {
    if (signal.aborted) return null
    try {
      const bytes = await client.download(await call(), { timeoutMs: fileTimeoutMs })
      const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? ''
      if (contentType.startsWith('image/')) return { contentType, fileName: null, bytes }
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'an image could not be fetched')
      // Only another size, or the other way, can help; a gateway that is down cannot.
      if (!(error instanceof WechatCallError) || error.failure !== 'ret') return null
    }
  }
  return null
}

/** The second way to an image, by the values of its tag. */
function fetchFromCdn(session: GatewaySession, xml: string): Promise<string> {
  const image = readXml(xml)
  const of = (name: string) => image.attributeOf('msg/img', name)
  const fileId = of('cdnmidimgurl') || of('cdnbigimgurl') || of('cdnthumburl')
  return fetchLink(session, 'downloadCdn', {
    aesKey: of('aeskey'),
    fileId,
    type: '1',
    totalSize: of('length'),
    suffix: 'jpg',
  })
}

async function fetchLink({ client, position }: GatewaySession, call: string, body: object): Promise<string> {
  const data = await client.call(`/message/${call}`, { appId: position?.appId, ...body }, { timeoutMs: linkTimeoutMs })
  const parsed = fileLink.safeParse(data)
  if (!parsed.success) throw new WechatCallError(call, 'ret', 'no link', 0)
  return parsed.data.fileUrl
}
