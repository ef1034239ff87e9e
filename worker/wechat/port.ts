import type { MemberTraits, OutageCause } from '@/lib/db/types'
import type { SendFailure } from '@/lib/message/record-send-failure'
import type { Failure } from '@/lib/errors'
import type { Sentence } from '@/lib/sentence'
import type { Logger } from '@/lib/logger'

/** The WeChat account of a session: `uin` is permanent, `username` (`@…`) is valid for this login. */
export type WechatAccount = {
  uin: string
  username: string
  nickname: string
  /** Link by which anyone opens a chat with the account. Missing: unknown, the stored one stays. */
  contactUrl?: string | undefined
}

/** A room as WeChat shows it now. */
export type RoomSnapshot = {
  username: string
  name: string
  memberCount: number
  /** The raw `…@chatroom`, which WeChat sends at most once per login. null: not sent yet. */
  wechatId: string | null
  /** The `seq=` in the address of its picture. null: no picture. */
  headSeq: string | null
  /** Whether this account owns the room. null: WeChat has not named the owner. */
  isOwn: boolean | null
  /** All members except the robot. null: not known yet. */
  members: MemberTraits | null
  /** In a complete list: WeChat listed the room without members. It does so at times, so this alone does not prove that the room is gone. */
  isShownEmpty?: true
}

export type ReceivedMessage = {
  /** WeChat's MsgId, the same for each delivery. */
  wechatId: string
  /** null: a private message. */
  room: RoomSnapshot | null
  senderUsername: string
  /** The sender's name in the room, otherwise the contact's name. */
  senderName: string
  type: 'text' | 'image' | 'other'
  /** The decoded text; for other types the placeholder that a person would read, such as `[图片]`. */
  text: string
  /** An image, voice message, video or file. null: none, or it could not be fetched. */
  media: { contentType: string; fileName: string | null; bytes: Buffer } | null
}

/** A person in the address book; `remark` is the name this account gave. */
export type ContactSnapshot = { username: string; nickname: string; remark: string }

/** A friend request; `ticket` is required to accept it. */
export type FriendRequest = {
  username: string
  nickname: string
  /** The raw wxid. null: WeChat did not send it. */
  wechatId: string | null
  greeting: string
  ticket: string
}

export type OfflineReason = 'logged_out_on_phone' | 'logged_in_elsewhere' | 'expired' | 'login_refused'

/** An event from WeChat in our terms. */
export type WechatEvent =
  /** `isCheck`: it leads to a face or slider check, which the login requires. */
  | { type: 'qr_code'; content: string; isCheck?: true }
  /** WeChat has not returned a QR code yet; the requests go on. */
  | ({ type: 'qr_code_failed' } & Failure)
  /** The phone shows a number that `enterNumber` takes. */
  | { type: 'number_needed' }
  | { type: 'scanned'; avatar: string | null }
  /** Sent after a confirmed scan, a resume or a reconnect. */
  | { type: 'online'; account: WechatAccount }
  | { type: 'reconnecting'; cause: OutageCause }
  /** The session has ended; no event follows. */
  | { type: 'offline'; reason: OfflineReason }
  /** `isComplete`: these are all rooms of the account. */
  | { type: 'rooms'; rooms: RoomSnapshot[]; isComplete: boolean }
  | { type: 'room_left'; username: string }
  | { type: 'message'; message: ReceivedMessage }
  /** WeChat says that people joined a room; `names` as it lists them, `wechatId` of its line about it. */
  | { type: 'members_joined'; room: RoomSnapshot; names: string; wechatId: string }
  /** A message that was accepted, named by the id it was sent with, could not be delivered. */
  | ({ type: 'send_failed'; wireId: string } & SendFailure)
  /** A person of the company has taken a conversation in the service, or it has ended there. */
  | { type: 'service_state'; peerUsername: string; change: 'taken' | 'ended' }
  /** A person opened the chat; `scene` and `sceneParam` state from where. */
  | { type: 'chat_entered'; peerUsername: string; name: string; scene: string; sceneParam: string }
  /** A person opened the chat: after the commit the connection sends the welcome text under this id of ours. */
  | { type: 'welcome_due'; messageId: string; peerUsername: string; text: string }
  /** What became of that text. */
  | { type: 'welcome_sent'; messageId: string; outcome: SendOutcome }
  /** The whole address book. */
  | { type: 'contacts'; contacts: ContactSnapshot[] }
  /** People who became contacts or have other names, and the `@…` of those who are no longer contacts. */
  | { type: 'contacts_changed'; contacts: ContactSnapshot[]; removed: string[] }
  | { type: 'friend_request'; request: FriendRequest }

/**
 * Stores events and the position in WeChat's stream in one transaction; the only way in. A later `open` resumes from `position`; null keeps
 * the previous one. Rejects if nothing was stored: the adapter then passes the same batch again, before any other.
 */
export type CommitBatch = (events: WechatEvent[], position: string | null) => Promise<void>

/** The outcome of a send. Spec: G1 (send at most once). */
export type SendOutcome =
  | { outcome: 'accepted'; wechatId: string | null }
  /** WeChat refused it. */
  | ({ outcome: 'refused' } & Failure)
  /** The request provably never left. */
  | ({ outcome: 'unsent' } & Failure)
  | { outcome: 'unknown'; sentence: Sentence }

export type ListRoomsOutcome = { outcome: 'listed'; rooms: RoomSnapshot[] } | ({ outcome: 'failed' } & Failure)

/** Operations in addition to sends. Names are the current `@…` and `@@…`. */
export type Operation =
  | { type: 'make_room'; name: string; members: string[] }
  | { type: 'rename_room'; room: string; name: string }
  | { type: 'add_member'; room: string; username: string }
  /** Sends an invitation card, which the contact accepts on the phone. */
  | { type: 'invite_member'; room: string; username: string }
  | { type: 'accept_friend'; username: string; ticket: string }
  /** Where the connection has no such call, the request just stays unanswered. */
  | { type: 'refuse_friend'; username: string; ticket: string }
  | { type: 'set_remark'; username: string; remark: string }

/** `room`: the room that the operation created or changed, if any. */
export type OperationOutcome =
  { outcome: 'done'; room: RoomSnapshot | null } | Exclude<SendOutcome, { outcome: 'accepted' }>

/** A customer in a group with an official join way; `state` is what that way carried, "" for another way in. */
export type ListedCustomer = { username: string; nickname: string; groupName: string; state: string }

export type ListMembersOutcome =
  | {
      outcome: 'listed'
      usernames: string[]
      /** The names in the room; a member without one is missing. */
      names: ReadonlyMap<string, string>
      room: RoomSnapshot
      /** Missing: the service does not say how people joined. */
      customers?: ListedCustomer[]
    }
  | ({ outcome: 'failed' } & Failure)

export type JoinWayOutcome =
  { outcome: 'shown'; picture: { contentType: string; bytes: Buffer } } | ({ outcome: 'failed' } & Failure)

/** Official ways to join a group by a QR code. */
export type JoinWays = {
  /** Creates a way into `room`; the member list names those who used it by `state`. */
  create(room: string, state: string): Promise<{ configId: string } | Failure>
  /** Fetches the picture of its QR code. */
  show(configId: string): Promise<JoinWayOutcome>
  /** Deletes it: its QR code admits no one any more. null: deleted, or unknown to the service. */
  remove(configId: string): Promise<Failure | null>
}

/**
 * The outcome of a request for a person in the service itself; `unsent`: it may be repeated. `state`: who has the conversation there.
 * `instead`: why the chosen employee was not requested, in whose place the conversation waits in the queue.
 */
export type HandOverOutcome =
  | { outcome: 'done'; state: 'queue' | 'employee'; instead?: Sentence | undefined }
  | ({ outcome: 'refused' | 'unsent' } & Failure)

/** The outcome of a request to end a conversation in the service; `state` null: the robot has it, so that nothing was to be ended. */
export type EndInServiceOutcome =
  { outcome: 'done'; state: 'ended' | null } | ({ outcome: 'refused' | 'unsent' } & Failure)

/** The QR code of a room, as an image. */
export type RoomCodeOutcome =
  { outcome: 'fetched'; contentType: string; bytes: Buffer } | ({ outcome: 'failed' } & Failure)

/** The outcome of the number that a login requests. */
export type NumberOutcome = { outcome: 'accepted' } | ({ outcome: 'failed' } & Failure)

/** Our id of a message, for a service that takes one: it then refuses a repeat, and names the message in a later failure. Missing: the adapter makes one. */
export type SendName = { messageId: string }

/** A file to send; its name has been cleaned. */
export type OutgoingFile = { bytes: Buffer; contentType: string; fileName: string }

/** One robot's connection to WeChat. No method throws; each has its own deadline. */
export type WechatConnection = {
  listRooms(): Promise<ListRoomsOutcome>
  /** Returns whether this account knows a room's `@@…`, a contact's `@…` or `filehelper`, without a call to WeChat; true if unknown. */
  canReach(to: string): Promise<boolean>
  /** @param to a room's `@@…`, a contact's `@…` or `filehelper`. */
  sendText(to: string, text: string, naming?: SendName): Promise<SendOutcome>
  sendImage(to: string, image: { bytes: Buffer; contentType: string }, naming?: SendName): Promise<SendOutcome>
  /** Sends a file that people see by its name. Missing: the connection cannot send files. */
  sendFile?(to: string, file: OutgoingFile, naming?: SendName): Promise<SendOutcome>
  perform(operation: Operation): Promise<OperationOutcome>
  /** Returns the address book without a call to WeChat. null: not fetched yet. */
  contacts(): ContactSnapshot[] | null
  /** Asks WeChat for the members of a room, this account included. */
  listMembers(room: string): Promise<ListMembersOutcome>
  /** Asks for the QR code by which a person joins a room. Missing: the connection has none. */
  fetchRoomCode?(room: string): Promise<RoomCodeOutcome>
  /** Requests a person of the company in the service itself, who then has the conversation. Missing: the service has none. */
  handOver?(to: string): Promise<HandOverOutcome>
  /** Ends a person's conversation in the service, which an employee or the queue has there. Missing: the service has none. */
  endInService?(to: string): Promise<EndInServiceOutcome>
  /** Missing: rooms have no official QR codes. */
  joinWays?: JoinWays
  /** Enters the number that the phone shows during a login, and waits for the response. */
  enterNumber(number: string): Promise<NumberOutcome>
  /** Called at each wake of the robot: events may wait at the service. Returns at once. Missing: the connection polls by itself. */
  fetchEvents?(): void
  /** Logs the account out at WeChat within 10 s, then detaches. */
  logout(): Promise<void>
  /** Disconnects without a logout: no further events, calls or timers. */
  detach(): Promise<void>
}

export type OpenOptions = {
  robotId: string
  saved: string | null
  /** Reads the last position of the robot's previous session, which a login may offer again; null: none is kept. */
  readPrevious: () => Promise<string | null>
  commitBatch: CommitBatch
  /** Checked before each call to WeChat, polls included; while false, no call is made. Spec: G6 (one owner per robot). */
  isLeaseValid: () => boolean
  /** Called each time the service has responded to a poll, also without events. */
  onSynced?: (() => void) | undefined
  log: Logger
}

/** Opens a connection and returns at once: with `saved` (a position) it resumes without a scan, otherwise it requests a QR code. */
export type WechatPort = { open(options: OpenOptions): WechatConnection }
