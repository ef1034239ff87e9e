import type { RobotConnection } from '@/lib/db/types'

/** WeChat's chat of an account with itself. */
const fileHelper = 'filehelper'

/** The form of ids of people in connections with rooms; null: the connection has no rooms, and stored people decide. Spec: E4 (ids). */
const forms: Record<RobotConnection, RegExp | null> = {
  // Valid for one login.
  web: /^@[0-9A-Za-z]+$/,
  ilink: null,
  wecom_kf: null,
  // No messages, so no person is written to.
  wecom_group: null,
  // A wxid or 微信号; our own room ids have the same characters.
  gateway: /^(?!room_)[A-Za-z][\w-]{2,63}$/,
}

/** Returns whether a text is the id of a person, never that of a room, in the terms of a connection. */
export function isContactId(connection: RobotConnection, id: string): boolean {
  const form = forms[connection]
  return form !== null && (id === fileHelper || form.test(id))
}

/** Returns whether a peer is the account itself instead of a person. */
export function isOwnChat(peerUsername: string): boolean {
  return peerUsername === fileHelper
}
