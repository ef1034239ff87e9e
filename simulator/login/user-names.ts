import { createHmac } from 'node:crypto'

import type { Login, World } from '@/simulator/world/world'

const rawNames = new Set(['filehelper', 'fmessage', 'weixin'])

/** Returns the volatile name of a person (`@…`) or a room (`@@…`) in this login. */
export function userNameOf(login: Login, rawId: string): string {
  if (rawNames.has(rawId)) return rawId
  return (isRoomId(rawId) ? '@@' : '@') + createHmac('sha256', login.nameSecret).update(rawId).digest('hex')
}

/** Returns the wxid or room id of a user name of this login; `undefined` for any other name, including those of other logins. */
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

/** Returns the room id that webwxbatchgetcontact requires in addition to the names of members. */
export function encryptedRoomId(login: Login, roomId: string): string {
  return '@' + createHmac('md5', login.nameSecret).update(roomId).digest('hex')
}

export function isRoomId(rawId: string): boolean {
  return rawId.endsWith('@chatroom')
}

const indexes = new WeakMap<Login, Map<string, string>>()
