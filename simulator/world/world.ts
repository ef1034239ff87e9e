import { EventEmitter } from 'node:events'

import type { GatewayData } from '@/simulator/gateway/data'
import type { IlinkData } from '@/simulator/ilink/data'
import type { WecomData } from '@/simulator/wecom/data'
import type { MediaStore } from '@/simulator/world/media-store'

/** A person with a WeChat account; the phone page offers only those with `canLogIn`. */
export type Person = {
  wxid: string
  alias: string
  nickname: string
  /** Stays the same at every login, unlike user names. */
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
  /** Raw id, `20000000001@chatroom`; a web client gets it only in the MsgType 51 list. */
  id: string
  name: string
  owner: string
  members: { wxid: string; displayName: string }[]
  /** Members who keep the room in the address book; only they get it from webwxgetcontact. */
  savedBy: string[]
  createdAtMs: number
}

export type MessageType = 'text' | 'image' | 'emoticon' | 'file' | 'invite' | 'system' | 'wire'

export type Message = {
  id: string
  /** Room id, or both wxids of a private chat, sorted and joined by `|`. */
  chat: string
  type: MessageType
  /** null: a system message. */
  from: string | null
  /** The receiver of a private message; null: a room message. */
  to: string | null
  text: string
  /** Text that one reader gets instead of `text`: 你 for 张三. */
  textFor?: Record<string, string>
  mediaId: string | null
  fileName: string | null
  /** The fields of a `wire` message, as WeChat sends them. */
  wire?: Record<string, string | number>
  /** The room of an `invite`. */
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
  state: 'pending' | 'accepted' | 'refused'
  atMs: number
}

export type CodeState = 'waiting' | 'scanned' | 'confirmed' | 'used' | 'refused' | 'expired'

export type Code = {
  uuid: string
  state: CodeState
  wxid: string | null
  ticket: string | null
  /** Whether a poll has already returned 201. */
  scanTold: boolean
  createdAtMs: number
  expiresAtMs: number
}

/** A change that a web client gets at its next sync; rendered at that time, with that login's user names. */
export type LogEntry = { seq: number } & (
  | { kind: 'message'; chat: string; messageId: string }
  | { kind: 'contact'; rawId: string }
  | { kind: 'contact-deleted'; rawId: string }
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
  /** Key from which user names are derived: new at each login, stable within one. */
  nameSecret: string
  /** 0: active; otherwise the Ret that every call gets. */
  endedRet: 0 | 1100 | 1101 | 1102
  log: LogEntry[]
  headSeq: number
  /** Set by webwxinit: the next status notify adds the list of chats to the log. */
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
  /** Absent in a world saved by a version without iLink. */
  ilink?: IlinkData
  /** Absent in a world saved by a version without WeCom. */
  wecom?: WecomData
  /** Absent in a world saved by a version without the gateway. */
  gateway?: GatewayData
}

export type World = {
  data: WorldData
  media: MediaStore
  /**
   * Emits `change` after every change, `entry` with the people whom WeChat notifies, `login <sid>` and `code <uuid>` to wake
   * long polls, and `stop` at the end.
   */
  events: EventEmitter
  revision: number
}

export function createWorld(data: WorldData, media: MediaStore): World {
  const events = new EventEmitter()
  events.setMaxListeners(0)
  return { data, media, events, revision: 0 }
}

/** Notifies watchers and the saver of a change. */
export function touchWorld(world: World): void {
  world.revision += 1
  world.events.emit('change', world.revision)
}
