/** Which rooms' messages an application is told of (decisions A12). */
export const roomScopes = ['bound', 'all', 'all+private'] as const
export type RoomScope = (typeof roomScopes)[number]

/** Who may change things, and who may only look. */
export const operatorRoles = ['admin', 'viewer'] as const

/** What an application can choose to be told of: the `action` of a callback (decisions A12, A13). */
export const callbackEventTypes = [
  'send_message',
  'robot_status',
  'room_renamed',
  'room_joined',
  'room_left',
  'friend_request',
  'message_sent',
  'qun_created',
  'qun_owner_arrived',
  'qun_member_joined',
  'qun_full',
  'qun_failed',
] as const

/** All that is sent: besides, a login's own link, an operator's test (once), and to ALERT_WEBHOOK_URL that an endpoint is paused. */
export const sentEventTypes = [...callbackEventTypes, 'login', 'test', 'endpoint_paused'] as const
export type CallbackEventType = (typeof sentEventTypes)[number]

/** What happens to a qun. */
export type QunEventType = Extract<CallbackEventType, `qun_${string}`>

/** Why an endpoint is left alone: it answered 410, or has done nothing but fail for days. */
export type EndpointPauseReason = 'gone' | 'failing'

/** Why a session ended. */
export type SessionEndReason =
  | 'logged_out' // asked for by API or dashboard
  | 'logged_out_on_phone' // 1100
  | 'logged_in_elsewhere' // 1101
  | 'expired' // 1102, or the saved credentials are no longer taken
  | 'login_refused' // 1203
  | 'other_account' // another WeChat account scanned
  | 'not_scanned' // the attempt ran out
  | 'cancelled'

/** Why a session lost WeChat: it cannot be reached, does not answer, answers nonsense. */
export type OutageCause = 'wechat_unreachable' | 'wechat_silent' | 'wechat_unreadable'

/** Why a session came into a state. */
export type SessionChangeCause =
  | SessionEndReason
  | OutageCause
  | 'worker_lost' // its owner went silent, another took over
  | 'worker_stopped' // its owner gave it back in order

/** What a finished command leaves for whoever asked. */
export type CommandResult = { sessionId?: string; roomCount?: number; isInvited?: boolean }

/** What a command is about: a qun to make, or somebody to add to it, by nickname or remark. */
export type CommandPayload = { qunId: string; joinTokenId?: string; memberName?: string }

/** A room's members but for the robot itself: each by what outlives a login (remark, 微信号, nickname), hashed, the surest first. */
export type MemberTraits = string[][]
