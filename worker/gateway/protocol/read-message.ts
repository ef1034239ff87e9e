import type { GatewayMessage } from '@/lib/gateway/read-event'
import { readText } from '@/lib/gateway/read-values'
import { cutText, maxNameLength } from '@/worker/wechat/protocol/decode-text'
import { describeXml } from '@/worker/wechat/protocol/describe-content'
import { replyKind } from '@/worker/wechat/protocol/message-kinds'
import { readJoinLine } from '@/worker/wechat/protocol/read-join-line'
import { readXml } from '@/worker/wechat/protocol/read-xml'
import type { FriendRequest, ReceivedMessage } from '@/worker/wechat/port'

/** Maximum length of a kept text, in UTF-16 units. */
const maxTextLength = 65_536
const appMsgType = 49
const imageMsgType = 3
const friendRequestMsgType = 37
const systemMsgType = 10_000
/** Types of messages that no person sent. */
const silentTypes = new Set([40, 51, 52, 9999, 10_002])

/** A message in our terms; names and files are looked up by the caller. */
export type MessageReading =
  | { kind: 'message'; type: ReceivedMessage['type']; text: string; isImage: boolean }
  /** A system message in a room: a member joined or left, or the name changed. `joined`: the names of those who joined, for display. */
  | { kind: 'room_changed'; room: string; joined: string | null }
  | { kind: 'friend_request'; request: FriendRequest }
  | { kind: 'ignored' }

/** Reads a message that an account received. Never throws, whatever a stranger sends. */
export function readMessage({ msgType, content, room, isOwn }: GatewayMessage): MessageReading {
  if (msgType === systemMsgType)
    return room ? { kind: 'room_changed', room, joined: readJoinLine(readText(content)) } : { kind: 'ignored' }
  if (msgType === friendRequestMsgType) return readFriendRequest(content)
  if (silentTypes.has(msgType) || isOwn) return { kind: 'ignored' }
  if (msgType === 1) return message('text', content)
  const xml = readXml(content)
  const appType = msgType === appMsgType ? Number(xml.textOf('msg/appmsg/type')) : 0
  const text = describeXml({ msgType, appType, xml })
  if (msgType === appMsgType && appType === replyKind) return message('text', text)
  return msgType === imageMsgType ? { ...message('image', text), isImage: true } : message('other', text)
}

/** The values of a friend request that the operation `accept_friend` needs; `writeTicket` converts them to one text. */
export type FriendTicket = { v3: string; v4: string; scene: number }

function writeTicket(ticket: FriendTicket): string {
  return JSON.stringify(ticket)
}

/** Reads a ticket. null: `writeTicket` did not write this text. */
export function readTicket(text: string): FriendTicket | null {
  try {
    const { v3, v4, scene } = JSON.parse(text) as Partial<FriendTicket>
    return typeof v3 === 'string' && typeof v4 === 'string' && typeof scene === 'number' ? { v3, v4, scene } : null
  } catch {
    return null
  }
}

function message(type: ReceivedMessage['type'], text: string) {
  return { kind: 'message', type, text: cutText(readText(text), maxTextLength), isImage: false } as const
}

function readFriendRequest(content: string): MessageReading {
  const xml = readXml(content.trim())
  // An entity in an attribute can decode to a lone surrogate; `readText` replaces it.
  const of = (name: string) => readText(xml.attributeOf('msg', name))
  const [username, v3, v4] = [of('fromusername'), of('encryptusername'), of('ticket')]
  if (!/^[\w-]{3,64}$/.test(username) || v3 === '' || v4 === '') return { kind: 'ignored' }
  const nickname = cutText(of('fromnickname').replace(/\s+/g, ' ').trim(), maxNameLength)
  const greeting = cutText(of('content'), 2_000)
  const ticket = writeTicket({ v3, v4, scene: Number(of('scene')) || 0 })
  return { kind: 'friend_request', request: { username, nickname, wechatId: username, greeting, ticket } }
}
