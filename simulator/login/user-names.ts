import { createHmac } from 'node:crypto'

import type { Login, World } from '../world/world'

const rawNames = new Set(['filehelper', 'fmessage', 'weixin'])

/** The volatile name under which this login knows a person (`@…`) or a room (`@@…`). */
export function userNameOf(login: Login, rawId: string): string {
  if (rawNames.has(rawId)) return rawId
  return (isRoomId(rawId) ? '@@' : '@') + createHmac('sha256', login.nameSecret).update(rawId).digest('hex')
}

/** The wxid or room id behind a user name of this login, or `undefined`: names of other logins mean nothing here. */
export function rawIdOf(world: World, login: Login, userName: string): string | undefined {
  if (rawNames.has(userName)) return userName
  if (!userName.startsWith('@')) return undefined
  const known = indexes.get(login)?.get(userName)
  if (known) return known
  const rawIds = [...Object.keys(world.data.people), ...Object.keys(world.data.rooms)]
  const index = new Map(rawIds.map((rawId) => [userNameOf(login, rawId), rawId]))
  indexes.set(login, index)
  return index.get(userName)
}

/** The id of a room that webwxbatchgetcontact wants beside the names of its members. */
export function encryptedRoomId(login: Login, roomId: string): string {
  return '@' + createHmac('md5', login.nameSecret).update(roomId).digest('hex')
}

export function isRoomId(rawId: string): boolean {
  return rawId.endsWith('@chatroom')
}

const indexes = new WeakMap<Login, Map<string, string>>()
