import type { Sentence } from '@/lib/sentence'

/** Which rooms' messages an application receives. Spec: A12 (callbacks). */
export const roomScopes = ['bound', 'all', 'all+private'] as const
export type RoomScope = (typeof roomScopes)[number]

/** How a robot that clients create reaches WeChat. Spec: E1 (choice of connection). */
export const robotConnections = ['web', 'ilink', 'wecom_kf', 'gateway'] as const
export type ChosenConnection = (typeof robotConnections)[number]
/** `wecom_group`: a company's customer groups; its robot exists because the connector is marked as assistant. Spec: E7 (customer groups). */
export const allConnections = [...robotConnections, 'wecom_group'] as const
export type RobotConnection = (typeof allConnections)[number]

/** Services whose credentials several robots share. Spec: E2 (connector). */
export const connectorTypes = ['wecom', 'gateway'] as const
export type ConnectorType = (typeof connectorTypes)[number]

/** Who acts: `operator:<id>`, `token:<id>`, `cli`, or `anonymous` without a sign-in. */
export type Actor = string

/** admin: may change; viewer: may only read. */
export const operatorRoles = ['admin', 'viewer'] as const

/** Kinds of attention items that an operator can dismiss. */
export const attentionKinds = [
  'endpoint',
  'absent',
  'lost',
  'scan',
  'unknown',
  'ambiguity',
  'binding',
  'qun',
  'token',
] as const
export type AttentionKind = (typeof attentionKinds)[number]

/** Services that carry alerts to people. Spec: D5 (alerts). */
export const alertChannelTypes = ['feishu', 'dingtalk', 'wecom_group', 'email', 'webhook', 'robot_owner'] as const
export type AlertChannelType = (typeof alertChannelTypes)[number]

/** What an alert is about. */
export const alertKinds = [
  'robot_offline', // a session ended without a request
  'endpoint_failing', // the breaker of an endpoint is open
  'endpoint_paused',
  'worker_silent', // a worker stopped without releasing its robots
  'conversation_waiting', // no operator took a conversation for some minutes
  'disk_full', // a disk of a worker is nearly full
  'database_full', // the database is near its limit
] as const
export type AlertKind = (typeof alertKinds)[number]

/** Values of an alert's sentence: names and numbers at the time it opened. */
export type AlertParams = Record<string, string | number>

/** Languages of an alert's text. */
export const alertLanguages = ['zh-CN', 'en'] as const
export type AlertLanguage = (typeof alertLanguages)[number]

/** How a mail server is reached: TLS from the first byte, TLS after STARTTLS, or without encryption. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const

/** opened: the cause appeared; recovered: it is gone. */
export type AlertPhase = 'opened' | 'recovered'

/** Events that an application can subscribe to: the `action` of a callback. Spec: A12 (callbacks), A13 (events). */
export const callbackEventTypes = [
  'send_message',
  'robot_status',
  'room_renamed',
  'room_joined',
  'room_left',
  'friend_request',
  'message_sent',
  'message_failed',
  'chat_entered',
  'qun_created',
  'qun_owner_arrived',
  'qun_member_joined',
  'qun_full',
  'qun_failed',
  'handover_requested',
  'conversation_assigned',
  'conversation_resolved',
] as const

/** All delivered events: in addition, a login callback, an operator's test event, and the pause alert to ALERT_WEBHOOK_URL. */
export const sentEventTypes = [...callbackEventTypes, 'login', 'test', 'endpoint_paused'] as const
export type CallbackEventType = (typeof sentEventTypes)[number]

/** Why an endpoint is paused: it responded 410, or all attempts of several days failed. */
export type EndpointPauseReason = 'gone' | 'failing'

export type SessionEndReason =
  | 'logged_out' // requested by API or dashboard
  | 'logged_out_on_phone' // 1100
  | 'logged_in_elsewhere' // 1101
  | 'expired' // 1102, or WeChat rejects the saved credentials
  | 'login_refused' // 1203
  | 'other_account' // another WeChat account scanned
  | 'not_scanned' // the login expired without a scan
  | 'cancelled'

/** Why a session lost its connection to WeChat: unreachable, no response, invalid response, every call refused. */
export type OutageCause =
  'wechat_unreachable' | 'wechat_silent' | 'wechat_unreadable' | 'wechat_refusing' | 'wecom_owner_filter' // a list of customer groups must name their owners (81017)

export type SessionChangeCause =
  | SessionEndReason
  | OutageCause
  | 'worker_lost' // the lease of its owner expired, and another worker took over
  | 'worker_stopped' // its owner released it

export type CommandResult = { sessionId?: string; roomCount?: number; isInvited?: boolean }

/**
 * Target of a command: a room, a qun to create, a member to add to it, by nickname or remark, the number of a login, a contact and its
 * new remark, or a friend request.
 */
export type CommandPayload = {
  roomId?: string
  qunId?: string
  joinTokenId?: string
  memberName?: string
  loginNumber?: string
  username?: string
  remark?: string
  /** The name that the robot copied into the remark from the nickname; null: a person wrote the remark. */
  copiedName?: string | null
  friendRequestId?: string
}

/** Members of a room except the robot itself: for each, hashes of the traits that survive a login (remark, 微信号, nickname), most reliable first. */
export type MemberTraits = string[][]

/** Who or what gave a reply; a message without one was sent by the API. Spec: F3 (when nothing replies). */
export const replySources = ['rule', 'callback', 'model', 'operator', 'welcome'] as const
export type ReplySource = (typeof replySources)[number]

/** Why a reply was given: ids and names of its causes. */
export type ReplyReason = {
  operatorId?: string
  ruleId?: string
  ruleName?: string
  /** The callback whose response contained the reply. */
  eventId?: string
  model?: string
  articles?: { id: string; title: string }[]
  /** The received message that it answers. */
  messageId?: string
}

/** What requests a person. */
export const handoverSources = [
  'rule',
  'callback',
  'model',
  'keyword',
  'no_reply',
  'operator',
  'api',
  'service',
] as const
export type HandoverSource = (typeof handoverSources)[number]

/** `text`: a sentence for the operator, for example the model's reason. */
export type HandoverReason = { source: HandoverSource; text?: string }

/**
 * `assigneeId`: the operator that the conversation was assigned to. `refusal`: why the service did not request a person; with `isQueued`,
 * why not the chosen employee, in whose place it waits in the queue.
 */
/** An outgoing address of a worker as a service saw it; `at` in ISO 8601. */
export type SeenAddress = { address: string; at: string }

/**
 * Who has a conversation in the service itself, instead of the robot: an employee, or the queue for one; ended: neither, until the next
 * message of the person.
 */
export const serviceStates = ['queue', 'employee', 'ended'] as const
export type ServiceState = (typeof serviceStates)[number]

export type ConversationEntryDetail = {
  source?: HandoverSource
  text?: string
  assigneeId?: string
  refusal?: Sentence
  isQueued?: boolean
  /** The service refused to end its conversation, not to request a person. */
  isEnd?: boolean
}
/** When a rule replies: a member joined the room; the text equals, contains or matches; the first message of a person. */
export const ruleTriggers = ['joined', 'equals', 'contains', 'matches', 'first_contact'] as const
export type RuleTrigger = (typeof ruleTriggers)[number]

/** What a rule does: sends its text or the image of its link, or hands over to a person. */
export const ruleAnswers = ['text', 'image', 'handover'] as const
export type RuleAnswer = (typeof ruleAnswers)[number]

/** Hours of the day, in a time zone, in which a rule replies, or outside which it does. */
export type OpeningHours = {
  timeZone: string
  /** 1: Monday … 7: Sunday. */
  days: number[]
  /** `HH:MM`; `to` before `from` ends on the next day. */
  from: string
  to: string
  isOutside: boolean
}

/** In which messages of a room the model replies: none, those that mention the robot, or all. */
export const roomModes = ['never', 'mentioned', 'always'] as const
export type RoomMode = (typeof roomModes)[number]

/** How the decision about a message ended. */
export const replyOutcomes = ['replied', 'handed_over', 'silent'] as const
export type ReplyOutcome = (typeof replyOutcomes)[number]

/** What replied to an event or handed it over; `no_reply`: handed over because nothing replied. */
export const decisionSources = ['rule', 'callback', 'model', 'keyword', 'no_reply'] as const
export type DecisionSource = (typeof decisionSources)[number]

/** Why a decision ended without a reply. */
export const silenceReasons = [
  'off', // no stage is on
  'no_match', // no stage had a reply
  'person_cooldown', // this person got a reply within the cooldown
  'room_limit', // the room got its maximum of replies in this minute
  'from_robot', // another robot of the installation wrote it
  'with_person', // the conversation waits for a person, or has one
  'too_late', // the message is too old for a reply
  'not_sendable', // the robot is offline, or the reply window is closed
] as const
export type SilenceReason = (typeof silenceReasons)[number]

/** What the response of the application's callback says about a message. */
export type CallbackReply =
  { type: 'reply'; messageType: 'text' | 'image'; content: string } | { type: 'handover' } | { type: 'none' }

/** What an access token may do: read, send messages, change everything else. */
export const tokenScopes = ['read', 'send', 'control'] as const
export type TokenScope = (typeof tokenScopes)[number]
