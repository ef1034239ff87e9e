import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { rooms, roomUsernames } from '../db/schema/room'
import { newId } from '../id'
import { matchRooms, type SeenRoom } from './match-rooms'
import { refreshBindings } from './refresh-bindings'

type Seen = SeenRoom & { memberCount: number }

/**
 * Stores rooms as WeChat shows them now: known ones keep their id, new ones get one, bindings follow the names.
 * With `isComplete`, known rooms that are not among them are marked gone. Answers our id of each `@@…`. Decisions A9, A10.
 */
export async function storeRooms(
  tx: Tx,
  { robotId, seen, isComplete }: { robotId: string; seen: readonly Seen[]; isComplete: boolean },
): Promise<Map<string, string>> {
  const unique = [...new Map(seen.map((room) => [room.username, room])).values()]
  const unchanged = isComplete ? null : await findUnchanged(tx, robotId, unique)
  if (unchanged) return unchanged
  const known = await tx
    .select({ id: rooms.id, name: rooms.name, username: rooms.username, wechatId: rooms.wechatId })
    .from(rooms)
    .where(eq(rooms.robotId, robotId))
  const { matched, fresh, doubtful } = matchRooms(known, unique)
  const now = sql`clock_timestamp()`
  const idByUsername = new Map<string, string>()

  for (const { known: room, seen: current } of matched) {
    idByUsername.set(current.username, room.id)
    const { username, memberCount } = current
    // WeChat does not always describe a room at once; what we know is better than nothing.
    const name = current.name || room.name
    const wechatId = current.wechatId ?? room.wechatId
    await tx
      .update(rooms)
      .set({ name, username, memberCount, wechatId, goneAt: null, seenAt: now })
      .where(eq(rooms.id, room.id))
  }
  for (const room of [...fresh, ...doubtful]) {
    const id = newId('room')
    idByUsername.set(room.username, id)
    const { name, username, memberCount, wechatId } = room
    await tx.insert(rooms).values({ id, robotId, name, username, memberCount, wechatId })
  }
  const roomIds = [...idByUsername.values()]
  if (roomIds.length > 0) {
    await tx
      .insert(roomUsernames)
      .values([...idByUsername].map(([username, roomId]) => ({ robotId, username, roomId })))
      .onConflictDoUpdate({
        target: [roomUsernames.robotId, roomUsernames.username],
        set: { roomId: sql`excluded.room_id` },
      })
    await refreshBindings(tx, { robotId, roomIds })
  }
  if (isComplete) {
    const isUnseen = roomIds.length > 0 ? notInArray(rooms.id, roomIds) : undefined
    await tx
      .update(rooms)
      .set({ goneAt: now })
      .where(and(eq(rooms.robotId, robotId), isUnseen, isNull(rooms.goneAt)))
  }
  return idByUsername
}

/** Most batches are a message in a room that is as it was: their rooms are read by name alone, not the whole list. */
async function findUnchanged(tx: Tx, robotId: string, seen: readonly Seen[]): Promise<Map<string, string> | null> {
  if (seen.length === 0) return new Map()
  const usernames = seen.map((room) => room.username)
  const current = await tx
    .select()
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), inArray(rooms.username, usernames), isNull(rooms.goneAt)))
  const isUnchanged = seen.every((room) =>
    current.some(
      (known) =>
        known.username === room.username &&
        (room.name === '' || known.name === room.name) &&
        known.memberCount === room.memberCount &&
        (room.wechatId === null || known.wechatId === room.wechatId),
    ),
  )
  return isUnchanged ? new Map(current.map((room) => [room.username ?? '', room.id])) : null
}

/** Marks a room gone that the robot left or was put out of. */
export async function markRoomGone(
  tx: Tx,
  { robotId, username }: { robotId: string; username: string },
): Promise<void> {
  await tx
    .update(rooms)
    .set({ goneAt: sql`clock_timestamp()` })
    .where(and(eq(rooms.robotId, robotId), eq(rooms.username, username)))
}
