import { decodeName, decodeText, splitSpeaker } from './decode-text'
import { isRoomName } from './contact-book'
import type { FriendRequest, ReceivedMessage } from './port'
import type { RawMessage } from './raw-shapes'

export type FileKind = 'image' | 'voice' | 'video' | 'document'

/** What a message of the stream is to us. Names and media are looked up by the caller. */
export type MessageReading =
  | {
      kind: 'said'
      room: string | null
      sender: string
      type: ReceivedMessage['type']
      text: string
      /** What there is to fetch; null = nothing. */
      file: FileKind | null
    }
  /** A system line in a room: somebody came, went or changed its name. */
  | { kind: 'room_changed'; room: string; hasRemovedUs: boolean }
  /** The chats of the account, by name and by raw id. */
  | { kind: 'chats'; rooms: { username: string; wechatId: string | null }[] }
  | { kind: 'friend_request'; request: FriendRequest }
  | { kind: 'own'; room: string | null }
  | { kind: 'nothing' }

const chatsListed = 4
const friendRequest = 37

/** Things that arrive without anybody having said them. */
const silentTypes = new Set([37, 40, 51, 52, 9999, 10_000, 10_002])

/** What a person would read in place of what the web cannot show. */
const placeholders: Record<number, string> = {
  3: '[图片]',
  34: '[语音]',
  42: '[名片]',
  43: '[视频]',
  47: '[动画表情]',
  48: '[位置]',
  50: '[通话]',
  53: '[通话]',
  62: '[视频]',
}
const fileKinds: Record<number, FileKind> = { 3: 'image', 34: 'voice', 43: 'video', 47: 'image', 62: 'video' }
const appPlaceholders: Record<number, string> = {
  5: '[链接]',
  6: '[文件]',
  33: '[小程序]',
  36: '[小程序]',
  2000: '[转账]',
  2001: '[红包]',
}

/** Reads one message of the stream. Never throws: whatever a stranger sends is at worst a message nobody can show. */
export function readMessage(raw: RawMessage, selfUsername: string): MessageReading {
  const room = [raw.FromUserName, raw.ToUserName].find(isRoomName) ?? null
  if (raw.MsgType === 51 && raw.StatusNotifyCode === chatsListed) return { kind: 'chats', rooms: readChats(raw) }
  if (raw.MsgType === 10_000 && room)
    return { kind: 'room_changed', room, hasRemovedUs: /^你被.*移出/.test(raw.Content) }
  if (raw.MsgType === friendRequest && raw.FromUserName === 'fmessage') return readFriendRequest(raw)
  if (silentTypes.has(raw.MsgType)) return { kind: 'nothing' }
  if (raw.FromUserName === selfUsername || raw.FromUserName === '') return { kind: 'own', room }

  const { speaker, words } = room ? splitSpeaker(raw.Content) : { speaker: raw.FromUserName, words: raw.Content }
  const said = { kind: 'said', room, sender: speaker ?? '' } as const
  if (raw.MsgType === 1 && raw.SubMsgType === 48) return { ...said, type: 'other', text: '[位置]', file: null }
  if (raw.MsgType === 1) return { ...said, type: 'text', text: decodeText(words), file: null }
  const file = raw.MsgType === 49 && raw.AppMsgType === 6 ? 'document' : (fileKinds[raw.MsgType] ?? null)
  return { ...said, type: file === 'image' ? 'image' : 'other', text: describeThing(raw), file }
}

function describeThing(raw: RawMessage): string {
  if (raw.MsgType === 49) {
    // The title stands beside the XML, so the XML of strangers is never parsed.
    const title = decodeName(raw.FileName).trim()
    return [appPlaceholders[raw.AppMsgType] ?? '[链接]', title].filter(Boolean).join(' ')
  }
  if (raw.MsgType === 42) return `[名片] ${decodeName(raw.RecommendInfo.NickName)}`.trim()
  return placeholders[raw.MsgType] ?? '[暂不支持的消息]'
}

/** Pairs the user names of a status message with the raw ids in its XML, only where both lists agree in length and kinds. */
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
  return usernames.flatMap((username, index) =>
    isRoomName(username) ? [{ username, wechatId: agree ? (rawIds[index] ?? null) : null }] : [],
  )
}

/** The names stand beside the XML; only the raw wxid is taken from it, by a pattern that nothing a stranger writes can widen. */
function readFriendRequest({ RecommendInfo, Content }: RawMessage): MessageReading {
  const { UserName: username, NickName, Content: greeting, Ticket: ticket } = RecommendInfo
  if (!username || !ticket) return { kind: 'nothing' }
  const wechatId = /^<msg\s+fromusername="([A-Za-z][\w-]{2,60})"/.exec(decodeText(Content).trim())?.[1] ?? null
  const nickname = decodeName(NickName)
  return { kind: 'friend_request', request: { username, nickname, wechatId, greeting: decodeText(greeting), ticket } }
}
