import { createHash } from 'node:crypto'
import { readGatewayJson } from '@/lib/gateway/read-json'
import { readInteger, readSmallInteger, readText } from '@/lib/gateway/read-values'

/** A message in one format, whatever the gateway sends. */
export type GatewayMessage = {
  /** The room's id. null: a private message. */
  room: string | null
  /** The sender; "": none, as for a system message in a room. */
  sender: string
  isOwn: boolean
  msgType: number
  /** Text or XML, without the sender before it. */
  content: string
}

export type GatewayEvent = { appId: string; /** Equal for repeats of one event. */ key: string } & (
  | { kind: 'message'; message: GatewayMessage }
  /** A contact or room changed or was deleted. */
  | { kind: 'contact'; username: string; isDeleted: boolean }
  /** The account may have gone offline or come back; only a query of its state shows which. */
  | { kind: 'connection' }
  | { kind: 'other' }
)

const maxIdLength = 200
/** A `NewMsgId` of ten digits is a time, not an id. */
const isMessageId = (id: string) => /^\d{5,20}$/.test(id) && id.length !== 10

const connectionEvents = new Set(
  (
    'offline login_success logout login_error reconnect_start reconnect_success reconnect_failed long_connected ' +
    'long_disconnected'
  ).split(' '),
)
const changes = new Set(['modcontacts', 'mod_contacts', 'friend_confirm'])
const deletions = new Set(['delcontacts', 'del_contacts'])

/** Reads the body of a callback. null: not JSON, or without a device id, such as the test request of a new callback URL. Never throws. */
export function readGatewayEvent(body: string): GatewayEvent | null {
  const event = readObject(body)
  if (!event) return null
  const appId = readText(event.get('appid')).slice(0, maxIdLength)
  if (appId === '') return null
  const data = event.has('data') ? fieldsOf(event.get('data')) : event
  const wxid = readText(event.get('wxid'))
  const type = (readText(event.get('typename')) || readText(event.get('type'))).toLowerCase()
  const envelope = { appId, key: keyOf(data, body) }
  if (type === 'addmsg' || (type === '' && data.has('msgtype')) || type === 'friend_verify')
    return { ...envelope, kind: 'message', message: readMessage(data, wxid) }
  if (changes.has(type) || deletions.has(type)) {
    const username = readText(data.get('username') ?? data.get('wxid')).slice(0, maxIdLength)
    return { ...envelope, kind: 'contact', username, isDeleted: deletions.has(type) }
  }
  return { ...envelope, kind: connectionEvents.has(type) ? 'connection' : 'other' }
}

type Fields = Map<string, unknown>

function readMessage(data: Fields, wxid: string): GatewayMessage {
  const from = readText(data.get('fromusername') ?? data.get('fromuser')).slice(0, maxIdLength)
  const to = readText(data.get('tousername') ?? data.get('touser')).slice(0, maxIdLength)
  const group = readText(data.get('fromgroup')).slice(0, maxIdLength)
  const room = [group, from, to].find((name) => name.endsWith('@chatroom')) ?? null
  const isOwn = [true, 1, 'true', '1'].includes(data.get('isself') as boolean) || (from !== '' && from === wxid)
  const text = readText(data.get('content'))
  const [prefix = '', speaker = ''] = (room !== null && /^([\w@.-]{1,100}):\n/.exec(text)) || []
  const isFromRoom = from === room
  return {
    room,
    sender: speaker || (isFromRoom ? '' : from),
    isOwn: isOwn || (speaker !== '' && speaker === wxid),
    msgType: readSmallInteger(data.get('msgtype')),
    content: text.slice(prefix.length),
  }
}

/** The message's id, or a hash of the body for what has none. */
function keyOf(data: Fields, body: string): string {
  const id = readInteger(data.get('newmsgid'))
  return isMessageId(id) ? id : `h${createHash('sha256').update(body).digest('base64url')}`
}

function readObject(body: string): Fields | null {
  try {
    const value = readGatewayJson(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? fieldsOf(value) : null
  } catch {
    return null
  }
}

/** Fields by their names in lower case, because forwarders change the case. */
function fieldsOf(value: unknown): Fields {
  return new Map(Object.entries(Object(value) as object).map(([name, field]) => [name.toLowerCase(), field]))
}
