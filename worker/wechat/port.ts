import type { MemberTraits, OutageCause } from '@/lib/db/types'
import type { ErrorCode } from '@/lib/errors'
import type { Logger } from '@/lib/logger'

/** The WeChat account behind a session: `uin` is for ever, `username` (`@…`) for this login. */
export type WechatAccount = { uin: string; username: string; nickname: string }

/** A group as WeChat shows it now. */
export type RoomSnapshot = {
  username: string
  name: string
  memberCount: number
  /** The raw `…@chatroom`, once told: at most once a login. */
  wechatId: string | null
  /** `seq=` of its picture's address, where there is one. */
  headSeq: string | null
  /** Everybody in it but the robot; null while that is not known. */
  members: MemberTraits | null
}

export type ReceivedMessage = {
  /** WeChat's MsgId, the same however often it is delivered. */
  wechatId: string
  /** null = private. */
  room: RoomSnapshot | null
  senderUsername: string
  /** As the room shows the sender, else the contact's name. */
  senderName: string
  type: 'text' | 'image' | 'other'
  /** The whole text, decoded once; for anything else what a person would read in its place, `[图片]`. */
  text: string
  /** The bytes of an image, a voice message, a video or a file, when they could be fetched. */
  media: { contentType: string; bytes: Buffer } | null
}

/** Somebody in the address book; `remark` is what this account calls them. */
export type ContactSnapshot = { username: string; nickname: string; remark: string }

/** Somebody wants to be a friend; `ticket` is what accepting needs. */
export type FriendRequest = {
  username: string
  nickname: string
  /** The raw wxid, where it is told. */
  wechatId: string | null
  greeting: string
  ticket: string
}

export type OfflineReason = 'logged_out_on_phone' | 'logged_in_elsewhere' | 'expired' | 'login_refused'

/** What WeChat tells us, in our words. */
export type WechatEvent =
  | { type: 'code'; content: string }
  /** WeChat has given no code so far; asking goes on. */
  | { type: 'code_failed'; code: ErrorCode; message: string }
  | { type: 'scanned'; avatar: string | null }
  /** After a confirmed scan, and again after a resume or a reconnect. */
  | { type: 'online'; account: WechatAccount }
  | { type: 'reconnecting'; cause: OutageCause }
  /** The session is gone for good; nothing follows. */
  | { type: 'offline'; reason: OfflineReason }
  /** Rooms seen; `isComplete` = all there are. */
  | { type: 'rooms'; rooms: RoomSnapshot[]; isComplete: boolean }
  | { type: 'room_left'; username: string }
  | { type: 'message'; message: ReceivedMessage }
  /** The whole address book. */
  | { type: 'contacts'; contacts: ContactSnapshot[] }
  | { type: 'friend_request'; request: FriendRequest }

/**
 * Stores events and the position in WeChat's stream in one transaction; the only way in.
 * `position` is all that a later `open` needs to go on from there, null = as before. Rejects when nothing was stored:
 * the same batch is then handed over again, nothing may overtake it.
 */
export type CommitBatch = (events: WechatEvent[], position: string | null) => Promise<void>

/** What became of a send (G1). */
export type SendOutcome =
  | { outcome: 'taken'; wechatId: string | null }
  /** WeChat read it and said no. */
  | { outcome: 'refused'; code: ErrorCode; message: string }
  /** It provably never left. */
  | { outcome: 'unsent'; code: ErrorCode; message: string }
  | { outcome: 'unknown'; message: string }

export type ListRoomsOutcome =
  { outcome: 'listed'; rooms: RoomSnapshot[] } | { outcome: 'failed'; code: ErrorCode; message: string }

/** What an account does beside sending. Names are the `@…` and `@@…` of now. */
export type Operation =
  | { type: 'make_room'; name: string; members: string[] }
  | { type: 'add_member'; room: string; username: string }
  /** By a card, which the invited accepts on the phone. */
  | { type: 'invite_member'; room: string; username: string }
  | { type: 'accept_friend'; username: string; ticket: string }
  | { type: 'set_remark'; username: string; remark: string }

/** What became of an operation; `room` is the one that was made. */
export type OperationOutcome =
  { outcome: 'done'; room: RoomSnapshot | null } | Exclude<SendOutcome, { outcome: 'taken' }>

export type ListMembersOutcome =
  | { outcome: 'listed'; usernames: string[]; room: RoomSnapshot }
  | { outcome: 'failed'; code: ErrorCode; message: string }

/** One robot's line to WeChat. No method throws; each has a deadline of its own. */
export type WechatConnection = {
  listRooms(): Promise<ListRoomsOutcome>
  /** Tells whether this account knows a room's `@@…`, a contact's `@…` or `filehelper`, without asking WeChat. True where that cannot be told. */
  canReach(to: string): Promise<boolean>
  /** @param to a room's `@@…`, a contact's `@…` or `filehelper`. */
  sendText(to: string, text: string): Promise<SendOutcome>
  sendImage(to: string, image: { bytes: Buffer; contentType: string }): Promise<SendOutcome>
  perform(operation: Operation): Promise<OperationOutcome>
  /** The address book as it is known now, without asking WeChat; null until it has been fetched. */
  contacts(): ContactSnapshot[] | null
  /** Asks WeChat who is in a room, the account itself included. */
  listMembers(room: string): Promise<ListMembersOutcome>
  /** Logs the account out at WeChat, at most 10 s, then lets go. */
  logout(): Promise<void>
  /** Lets go without logging out: no more events, calls or timers. */
  detach(): Promise<void>
}

export type OpenOptions = {
  robotId: string
  saved: string | null
  commitBatch: CommitBatch
  /** Asked before every single call to WeChat, polls included; while false none is made (G6). */
  mayCall: () => boolean
  log: Logger
}

/** Opens a line: with `saved` (an earlier position) it resumes without a scan, else it asks WeChat for a code. Returns at once. */
export type WechatPort = { open(options: OpenOptions): WechatConnection }
