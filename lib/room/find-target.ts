import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Db } from '../db/client'
import { rooms, roomUsernames } from '../db/schema/room'
import { AppError } from '../errors'

/** Where a message goes: a room of ours, or a contact's `@…` / `filehelper` that only WeChat can check. */
export type Target = { roomId: string; peerUsername: null } | { roomId: null; peerUsername: string }

/**
 * Reads `to_user`: our room id, a current or earlier `@@…` of a room, the id of a room that proved to be this one, a contact's `@…` or
 * `filehelper` (A9). In a transaction the room stays what it is until the end.
 * @throws AppError TARGET_NOT_FOUND when it names no room of this robot.
 */
export async function findTarget(db: Db, { robotId, toUser }: { robotId: string; toUser: string }): Promise<Target> {
  if (toUser === 'filehelper' || /^@[0-9A-Za-z]+$/.test(toUser)) return { roomId: null, peerUsername: toUser }
  // A second look, because the room may have become one with another at this very moment.
  const roomId = (await findRoom(db, robotId, toUser)) ?? (await findRoom(db, robotId, toUser))
  if (!roomId) throw new AppError('TARGET_NOT_FOUND', 'to_user 对应的微信群不存在', { parameter: 'to_user' })
  return { roomId, peerUsername: null }
}

async function findRoom(db: Db, robotId: string, name: string): Promise<string | null> {
  const named = db
    .select({ roomId: roomUsernames.roomId })
    .from(roomUsernames)
    .where(and(eq(roomUsernames.robotId, robotId), eq(roomUsernames.username, name)))
  const [room] = await db
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt), or(eq(rooms.id, name), inArray(rooms.id, named))))
    .limit(1)
    .for('key share')
  return room?.id ?? null
}
