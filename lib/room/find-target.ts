import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { isContactId } from '@/lib/connection/contact-ids'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'

/** The recipient of a message: a stored room, or the id of a person, which only WeChat can validate. */
export type Target = { roomId: string; peerUsername: null } | { roomId: null; peerUsername: string }

type Wanted = {
  robotId: string
  toUser: string
  /** The one person that a robot without rooms can write to, also called `owner`; null: another kind of robot. */
  ownerId?: string | null
  /** Decides which texts are ids of people. */
  connection: RobotConnection
}

/**
 * Resolves `to_user`: a room id, a current or previous WeChat id of a room, the id of a room merged into it, or the id of a person
 * (A9). The room row is locked against a merge until the transaction ends.
 * @throws AppError TARGET_NOT_FOUND if it matches no room of this robot.
 */
export async function findTarget(db: Db, wanted: Wanted): Promise<Target> {
  const { robotId, toUser, connection, ownerId = null } = wanted
  if (ownerId !== null && (toUser === 'owner' || toUser === ownerId)) return { roomId: null, peerUsername: ownerId }
  if (ownerId !== null) throw new AppError('TARGET_NOT_FOUND', { reason: 'only_owner', parameter: 'to_user' })
  if (isContactId(connection, toUser)) return { roomId: null, peerUsername: toUser }
  // A second query, because a concurrent merge may have deleted the row that the first one waited for.
  const roomId = (await findRoom(db, robotId, toUser)) ?? (await findRoom(db, robotId, toUser))
  if (!roomId) throw new AppError('TARGET_NOT_FOUND', { reason: 'target_not_found', parameter: 'to_user' })
  return { roomId, peerUsername: null }
}

async function findRoom(db: Db, robotId: string, toUser: string): Promise<string | null> {
  const [room] = await db.execute<{ id: string }>(roomOfTarget({ robotId, toUser }))
  return room?.id ?? null
}

/** SQL: the room that `to_user` means, no row or one, locked against a merge until the transaction ends. */
export function roomOfTarget({ robotId, toUser }: { robotId: string; toUser: string }): SQL {
  return sql`select id from rooms where robot_id = ${robotId} and gone_at is null and (id = ${toUser} or id in (
    select room_id from room_usernames where robot_id = ${robotId} and username = ${toUser})) limit 1 for key share`
}
