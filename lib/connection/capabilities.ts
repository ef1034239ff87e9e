import type { RobotConnection } from '@/lib/db/types'
import type { ErrorReason } from '@/lib/error-reasons'
import { AppError } from '@/lib/errors'

/** What a robot can do through its connection. */
export type Capabilities = {
  /** `none`: the connection is online by its own credentials. */
  login: 'qr' | 'none'
  /** Whether the login may request the number that the phone shows. */
  verifyCode: boolean
  rooms: boolean
  /** Private messages. */
  direct: boolean
  image: boolean
  /** Files of any kind, with their names. */
  file: boolean
  makeRoom: boolean
  /** `take`: an assistant takes customer groups, which people join by an official code, instead of making rooms. Spec: E7 (customer groups). */
  qunRoom: 'make' | 'take' | 'none'
  addMember: boolean
  inviteMember: boolean
  /** Codes by which a person joins a room. */
  joinQr: boolean
  friendRequests: boolean
  /** Handing a conversation over to a person in the service itself. */
  handover: boolean
  /** A message to a person who opens the chat for the first time. */
  welcome: boolean
  logout: boolean
  /** A person is reached only for some hours and some messages after their last message; null: always. */
  replyWindow: { hours: number; count: number } | null
}

/** Constant per connection, checked before any outgoing call. Spec: E3 (capabilities). */
export const capabilitiesOf: Record<RobotConnection, Capabilities> = {
  web: {
    login: 'qr',
    verifyCode: false,
    rooms: true,
    direct: true,
    image: true,
    file: true,
    makeRoom: true,
    qunRoom: 'make',
    addMember: true,
    inviteMember: true,
    joinQr: false,
    friendRequests: true,
    handover: false,
    welcome: false,
    logout: true,
    replyWindow: null,
  },
  ilink: {
    login: 'qr',
    verifyCode: true,
    rooms: false,
    direct: true,
    image: true,
    file: true,
    makeRoom: false,
    qunRoom: 'none',
    addMember: false,
    inviteMember: false,
    joinQr: false,
    friendRequests: false,
    handover: false,
    welcome: false,
    logout: true,
    // Assumed: about ten messages have been observed, the service does not state the number.
    replyWindow: { hours: 24, count: 10 },
  },
  wecom_kf: {
    login: 'none',
    verifyCode: false,
    rooms: false,
    direct: true,
    image: true,
    file: true,
    makeRoom: false,
    qunRoom: 'none',
    addMember: false,
    inviteMember: false,
    joinQr: false,
    friendRequests: false,
    handover: true,
    welcome: true,
    logout: false,
    replyWindow: { hours: 48, count: 5 },
  },
  wecom_group: {
    login: 'none',
    verifyCode: false,
    rooms: true,
    direct: false,
    image: false,
    file: false,
    makeRoom: false,
    qunRoom: 'take',
    addMember: false,
    inviteMember: false,
    // A group has its official code only as a qun.
    joinQr: false,
    friendRequests: false,
    handover: false,
    welcome: false,
    logout: false,
    replyWindow: null,
  },
  gateway: {
    login: 'qr',
    verifyCode: true,
    rooms: true,
    direct: true,
    image: true,
    // The document of the gateway's wire names no call for files.
    file: false,
    makeRoom: true,
    qunRoom: 'make',
    addMember: true,
    inviteMember: true,
    joinQr: true,
    friendRequests: true,
    handover: false,
    welcome: false,
    logout: true,
    replyWindow: null,
  },
}

/** Returns whether a robot of this connection writes to one person only: the one who scanned. */
export const isBoundToOwner = (connection: RobotConnection) => connection === 'ilink'

/** Returns whether ids of rooms and people outlive a login. Spec: E4 (ids). */
export const hasStableIds = (connection: RobotConnection) => connection !== 'web'

type Ability = { [Key in keyof Capabilities]: Capabilities[Key] extends boolean ? Key : never }[keyof Capabilities]

const abilityReasons = {
  verifyCode: 'ability_verify_code',
  rooms: 'ability_rooms',
  direct: 'ability_direct',
  image: 'ability_image',
  file: 'ability_file',
  makeRoom: 'ability_make_room',
  addMember: 'ability_add_member',
  inviteMember: 'ability_invite_member',
  joinQr: 'ability_join_qr',
  friendRequests: 'ability_friend_requests',
  handover: 'ability_handover',
  welcome: 'ability_welcome',
  logout: 'ability_logout',
} as const satisfies Record<Ability, ErrorReason>

/** Refuses what a robot's connection cannot do. @throws ILLEGAL_ACTION, or `code` */
export function requireCapability(
  connection: RobotConnection,
  ability: Ability,
  code: 'ILLEGAL_ACTION' | 'ASSISTANT_NOT_READY' = 'ILLEGAL_ACTION',
): void {
  if (capabilitiesOf[connection][ability]) return
  throw new AppError(code, { reason: 'connection_lacks', params: { what: { reason: abilityReasons[ability] } } })
}
