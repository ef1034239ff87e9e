import { EventEmitter } from 'node:events'

import type { MediaStore } from './media-store'

/** Somebody with a WeChat account; only those with `canLogIn` are offered on the phone page. */
export type Person = {
  wxid: string
  alias: string
  nickname: string
  /** Survives every login, unlike user names. */
  uin: number
  canLogIn: boolean
  /** `refused` accounts get Ret 1203 when they confirm a web login. */
  webLogin: 'allowed' | 'refused'
  sex: 0 | 1 | 2
  province: string
  city: string
  signature: string
}

export type Room = {
  /** Raw id, `20000000001@chatroom`; a web client never sees it outside of the MsgType 51 list. */
  id: string
  name: string
  owner: string
  members: { wxid: string; displayName: string }[]
  /** Who keeps it in the address book: only they find it in webwxgetcontact. */
  savedBy: string[]
  createdAtMs: number
}

export type MessageType = 'text' | 'image' | 'emoticon' | 'file' | 'invite' | 'system'

export type Message = {
  id: string
  /** Room id, or both wxids of a private chat, sorted and joined by `|`. */
  chat: string
  type: MessageType
  /** `null` on a system line. */
  from: string | null
  /** The other side of a private chat, `null` in a room. */
  to: string | null
  text: string
  /** What one reader sees in place of `text`: 你 for 张三. */
  textFor?: Record<string, string>
  mediaId: string | null
  fileName: string | null
  /** The room an `invite` leads to. */
  roomId?: string
  via: 'phone' | 'web'
  atMs: number
}

export type FriendRequest = {
  id: string
  from: string
  to: string
  greeting: string
  ticket: string
  state: 'pending' | 'accepted'
  atMs: number
}

export type CodeState = 'waiting' | 'scanned' | 'confirmed' | 'used' | 'refused' | 'expired'

export type Code = {
  uuid: string
  state: CodeState
  wxid: string | null
  ticket: string | null
  /** Whether a poll has been answered with 201 already. */
  scanTold: boolean
  createdAtMs: number
  expiresAtMs: number
}

/** What a web client learns at its next sync; rendered then, in that login's user names. */
export type LogEntry = { seq: number } & (
  | { kind: 'message'; chat: string; messageId: string }
  | { kind: 'contact'; rawId: string }
  | { kind: 'friend-request'; requestId: string }
  | { kind: 'chats'; rawIds: string[]; messageId: string; atMs: number }
)

export type Login = {
  wxid: string
  uin: number
  sid: string
  skey: string
  passTicket: string
  dataTicket: string
  authTicket: string
  /** User names are derived from it: new at each login, stable within one. */
  nameSecret: string
  /** 0 while it lives, else the Ret that every call gets. */
  endedRet: 0 | 1100 | 1101 | 1102
  log: LogEntry[]
  headSeq: number
  /** Set by webwxinit: the next status notify is answered by the list of chats. */
  chatsDue: boolean
  createdAtMs: number
  lastCallAtMs: number
}

export type Media = { contentType: string; sizeBytes: number }

export type WorldData = {
  version: 1
  people: Record<string, Person>
  friends: Record<string, Record<string, { remark: string }>>
  rooms: Record<string, Room>
  messages: Record<string, Message[]>
  friendRequests: FriendRequest[]
  codes: Record<string, Code>
  logins: Login[]
  media: Record<string, Media>
  nextUin: number
  nextRoomNumber: number
}

export type World = {
  data: WorldData
  media: MediaStore
  /** Emits `change` after every change, `login <sid>` and `code <uuid>` to wake long polls, `stop` at the end. */
  events: EventEmitter
  revision: number
}

export function createWorld(data: WorldData, media: MediaStore): World {
  const events = new EventEmitter()
  events.setMaxListeners(0)
  return { data, media, events, revision: 0 }
}

/** Tells watchers and the saver that the world changed. */
export function touchWorld(world: World): void {
  world.revision += 1
  world.events.emit('change', world.revision)
}
