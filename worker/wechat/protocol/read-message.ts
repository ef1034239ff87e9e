import { isRoomName } from '@/worker/wechat/protocol/contact-book'
import { decodeName, decodeText, splitSpeaker } from '@/worker/wechat/protocol/decode-text'
import { describeContent, describeLocation } from '@/worker/wechat/protocol/describe-content'
import { appKindOf, messageKindOf, replyKind, unknownKind, type FileKind } from '@/worker/wechat/protocol/message-kinds'
import type { FriendRequest, ReceivedMessage } from '@/worker/wechat/port'
import type { RawMessage } from '@/worker/wechat/protocol/raw-shapes'
import { readJoinLine } from '@/worker/wechat/protocol/read-join-line'
import { readRemovalLine, type RemovalLine } from '@/worker/wechat/protocol/read-removal-line'

/** A message of the stream in our terms. The caller looks up names and media. */
export type MessageReading =
  | {
      kind: 'message'
      room: string | null
      sender: string
      type: ReceivedMessage['type']
      text: string
      /** The file to fetch. null: none. */
      file: FileKind | null
    }
  /** A system message in a room: a member joined or left, or the name changed. */
  | { kind: 'room_changed'; room: string; removal: RemovalLine | null; joined: string | null }
  /** The account's chats, with raw ids. */
  | { kind: 'chats'; rooms: { username: string; wechatId: string | null }[] }
  | { kind: 'friend_request'; request: FriendRequest }
  | { kind: 'own'; room: string | null }
  | { kind: 'ignored' }

const chatsListed = 4
const friendRequest = 37
const maxRawIdLength = 100

/** Types of messages that no person sent. */
const silentTypes = new Set([37, 40, 51, 52, 9999, 10_000, 10_002])

const app = 49

/** Reads one message of the stream. Never throws, whatever a stranger sends. */
export function readMessage(raw: RawMessage, selfUsername: string): MessageReading {
  const room = [raw.FromUserName, raw.ToUserName].find(isRoomName) ?? null
  if (raw.MsgType === 51 && raw.StatusNotifyCode === chatsListed) return { kind: 'chats', rooms: readChats(raw) }
  if (raw.MsgType === 10_000 && room) {
    const line = decodeText(raw.Content)
    return { kind: 'room_changed', room, removal: readRemovalLine(line), joined: readJoinLine(line) }
  }
  if (raw.MsgType === friendRequest && raw.FromUserName === 'fmessage') return readFriendRequest(raw)
  if (silentTypes.has(raw.MsgType)) return { kind: 'ignored' }
  if (raw.FromUserName === selfUsername || raw.FromUserName === '') return { kind: 'own', room }

  const { speaker, words } = room ? splitSpeaker(raw.Content) : { speaker: raw.FromUserName, words: raw.Content }
  const message = { kind: 'message', room, sender: speaker ?? '' } as const
  if (raw.MsgType === 1 && raw.SubMsgType === 48)
    return { ...message, type: 'other', text: describeLocation({ ...raw, words }), file: null }
  if (raw.MsgType === 1) return { ...message, type: 'text', text: decodeText(words), file: null }
  const text = describeContent({ ...raw, words })
  if (raw.MsgType === app && raw.AppMsgType === replyKind) return { ...message, type: 'text', text, file: null }
  const { file = null } = raw.MsgType === app ? appKindOf(raw.AppMsgType) : messageKindOf(raw.MsgType)
  return { ...message, type: file === 'image' ? 'image' : 'other', text, file }
}

/** Returns what is stored for an unreadable message: its room or sender and a placeholder. */
export function unreadableMessage(raw: RawMessage, selfUsername: string): MessageReading {
  const room = [raw.FromUserName, raw.ToUserName].find(isRoomName) ?? null
  if (silentTypes.has(raw.MsgType) || raw.FromUserName === selfUsername || raw.FromUserName === '')
    return { kind: 'ignored' }
  const sender = room ? '' : raw.FromUserName
  return { kind: 'message', room, sender, type: 'other', text: unknownKind.placeholder, file: null }
}

/** Pairs the user names of a status message with the raw ids in its XML, only if both lists agree in length and kinds. */
function readChats(raw: RawMessage): { username: string; wechatId: string | null }[] {
  const usernames = raw.StatusNotifyUserName.split(',').filter(Boolean)
  const listed = /<username>([^<]*)<\/username>/.exec(decodeText(raw.Content))?.[1] ?? ''
  const rawIds = listed
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean)
  const agree =
    rawIds.length === usernames.length &&
    usernames.every((username, index) => isRoomName(username) === rawIds[index]?.endsWith('@chatroom'))
  const rawIdAt = (index: number) => ((rawIds[index]?.length ?? 0) <= maxRawIdLength ? (rawIds[index] ?? null) : null)
  return usernames.flatMap((username, index) =>
    isRoomName(username) ? [{ username, wechatId: agree ? rawIdAt(index) : null }] : [],
  )
}

/** Takes names from fields outside the XML, and only the raw wxid from it, with a pattern that a stranger's text cannot extend. */
function readFriendRequest({ RecommendInfo, Content }: RawMessage): MessageReading {
  const { UserName: username, NickName, Content: greeting, Ticket: ticket } = RecommendInfo
  if (!username || !ticket) return { kind: 'ignored' }
  const wechatId = /^<msg\s+fromusername="([A-Za-z][\w-]{2,60})"/.exec(decodeText(Content).trim())?.[1] ?? null
  const nickname = decodeName(NickName)
  return { kind: 'friend_request', request: { username, nickname, wechatId, greeting: decodeText(greeting), ticket } }
}
