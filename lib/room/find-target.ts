import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { rooms, roomUsernames } from '../db/schema/room'
import { AppError } from '../errors'

/** Where a message goes: a room of ours, or a contact's `@…` / `filehelper` that only WeChat can check. */
export type Target = { roomId: string; peerUsername: null } | { roomId: null; peerUsername: string }

/**
 * Reads `to_user`: our room id, a current or earlier `@@…` of a room, a contact's `@…` or `filehelper` (A9).
 * @throws AppError TARGET_NOT_FOUND when it names no room of this robot.
 */
export async function findTarget(db: Db, { robotId, toUser }: { robotId: string; toUser: string }): Promise<Target> {
  if (toUser === 'filehelper' || /^@[0-9A-Za-z]+$/.test(toUser)) return { roomId: null, peerUsername: toUser }
  const isRoom = toUser.startsWith('@@') ? eq(roomUsernames.username, toUser) : eq(rooms.id, toUser)
  const [room] = await db
    .select({ id: rooms.id })
    .from(rooms)
    .leftJoin(roomUsernames, eq(roomUsernames.roomId, rooms.id))
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt), isRoom))
    .limit(1)
  if (!room) throw new AppError('TARGET_NOT_FOUND', 'to_user 对应的微信群不存在', { parameter: 'to_user' })
  return { roomId: room.id, peerUsername: null }
}
