import { recordRobotChanges } from '@/lib/callback/event/robot-changes'
import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { roomCandidates, rooms, roomUsernames } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import { dropTakenCandidates } from '@/lib/room/drop-taken-candidates'
import { findUnchangedRooms, loadKnownRooms } from '@/lib/room/load-known-rooms'
import { lockRooms } from '@/lib/room/lock-rooms'
import { matchRooms, type RoomMatch } from '@/lib/room/match-rooms'
import { mergeRooms } from '@/lib/room/merge-rooms'
import { refreshBindings } from '@/lib/room/refresh-bindings'
import type { CountedRoom } from '@/lib/room/room-evidence'

type Owner = { robotId: string; accountUin: string | null }

const now = sql`clock_timestamp()`

/**
 * Stores rooms as WeChat reports them: known rooms keep their id, new rooms get one, bindings follow the names. A room with an ambiguous
 * match gets a temporary id until an operator or better evidence decides.
 * With `isComplete`, known rooms that are not reported are marked gone. Returns the room id of each `@@…`.
 * Spec: A8 (binding by agent_id), A9 (durable room ids), A10 (synchronise and list).
 */
export async function storeRooms(
  tx: Tx,
  { robotId, seen, isComplete }: { robotId: string; seen: readonly CountedRoom[]; isComplete: boolean },
): Promise<Map<string, string>> {
  const unique = [...new Map(seen.map((room) => [room.username, room])).values()]
  const unchanged = isComplete ? null : await findUnchangedRooms(tx, { robotId, seen: unique })
  if (unchanged) return unchanged
  await recordRobotChanges(tx, { robotId })
  const { accountUin } = await lockRooms(tx, { robotId })
  const known = await loadKnownRooms(tx, { robotId, accountUin, seen: unique })
  const matches = matchRooms(known, unique, { isComplete })
  await freeUsernames(tx, robotId, matches)
  const idByUsername = new Map<string, string>()
  for (const match of matches) {
    const id = match.seen.isShownEmpty
      ? await keepShownEmpty(tx, match)
      : await storeMatch(tx, { robotId, accountUin }, match)
    if (id) idByUsername.set(match.seen.username, id)
  }

  await recordUsernames(tx, robotId, idByUsername)
  const roomIds = [...idByUsername.values()]
  // A candidate of a room that is listed without members is not proven gone either.
  const possible = matches.flatMap(({ seen: room, candidates }) =>
    room.isShownEmpty ? (candidates ?? []).map(({ id }) => id) : [],
  )
  if (isComplete) await markOthersGone(tx, robotId, [...roomIds, ...possible])
  if (roomIds.length === 0) return idByUsername
  await dropTakenCandidates(tx, { robotId })
  // The operator set up the rooms of the first list; a name that appears later may be a stranger's choice.
  const unreviewedIds = known.length > 0 ? listNewlyNamed(matches, idByUsername) : new Set<string>()
  await refreshBindings(tx, { robotId, roomIds, unreviewedIds })
  return idByUsername
}

function listNewlyNamed(matches: RoomMatch<CountedRoom>[], idByUsername: Map<string, string>): Set<string> {
  const named = matches.filter(({ known, seen }) => !known || (seen.name !== '' && known.name !== seen.name))
  return new Set(named.flatMap(({ seen }) => idByUsername.get(seen.username) ?? []))
}

/** Clears the `@@…` of rooms that now belong to another room. */
async function freeUsernames(tx: Tx, robotId: string, matches: RoomMatch<CountedRoom>[]): Promise<void> {
  const usernames = matches.map(({ seen }) => seen.username)
  const keepers = matches.flatMap(({ known, placeholder }) => [known?.id ?? [], placeholder?.id ?? []]).flat()
  if (usernames.length === 0) return
  await tx
    .update(rooms)
    .set({ username: null })
    .where(and(eq(rooms.robotId, robotId), inArray(rooms.username, usernames), notInArray(rooms.id, ['', ...keepers])))
}

/** Records only the current `@@…` of a known room; returns null if its match is ambiguous. */
async function keepShownEmpty(tx: Tx, { seen, known, placeholder }: RoomMatch<CountedRoom>): Promise<string | null> {
  if (!known) return null
  if (!placeholder) await tx.update(rooms).set({ username: seen.username }).where(eq(rooms.id, known.id))
  return placeholder?.id ?? known.id
}

async function storeMatch(tx: Tx, { robotId, accountUin }: Owner, match: RoomMatch<CountedRoom>): Promise<string> {
  const { seen, known, placeholder, candidates } = match
  const { username, memberCount } = seen
  const id = known?.id ?? newId('room')
  if (placeholder) await mergeRooms(tx, { robotId, fromId: placeholder.id, intoId: id })
  if (known?.isAmbiguous && seen.wechatId) await dropRefutedCandidates(tx, id, seen.wechatId)
  if (known) {
    // WeChat does not always describe a room completely; stored values stay.
    const name = seen.name || known.name
    const wechatId = seen.wechatId ?? known.wechatId
    const headSeq = seen.headSeq ?? known.headSeq
    const isOwn = seen.isOwn ?? known.isOwn ?? null
    const members = seen.members?.length ? { members: seen.members } : {}
    const count = memberCount > 0 ? { memberCount } : {}
    // Without new candidates, the earlier ones still need a decision.
    const hasCandidates = sql<boolean>`is_ambiguous and exists (select 1 from room_candidates where room_id = ${id})`
    const isAmbiguous = candidates ? true : hasCandidates
    const evidence = { name, wechatId, headSeq, isOwn, ...members, isAmbiguous }
    await tx
      .update(rooms)
      .set({ username, ...count, ...evidence, goneAt: null, seenAt: now })
      .where(eq(rooms.id, id))
  } else {
    const { name, wechatId, headSeq, isOwn = null, members } = seen
    const evidence = { name, wechatId, headSeq, isOwn, members, isAmbiguous: candidates !== null }
    await tx.insert(rooms).values({ id, robotId, accountUin, username, memberCount, ...evidence })
  }
  const rows = (candidates ?? []).map((candidate) => ({ roomId: id, candidateId: candidate.id }))
  if (rows.length > 0) await tx.insert(roomCandidates).values(rows).onConflictDoNothing()
  return id
}

/** Removes candidates whose raw id differs from the one that WeChat now reports. */
async function dropRefutedCandidates(tx: Tx, roomId: string, wechatId: string): Promise<void> {
  const others = tx.select({ id: rooms.id }).from(rooms).where(ne(rooms.wechatId, wechatId))
  await tx
    .delete(roomCandidates)
    .where(and(eq(roomCandidates.roomId, roomId), inArray(roomCandidates.candidateId, others)))
}

async function recordUsernames(tx: Tx, robotId: string, idByUsername: Map<string, string>): Promise<void> {
  if (idByUsername.size === 0) return
  await tx
    .insert(roomUsernames)
    .values([...idByUsername].map(([username, roomId]) => ({ robotId, username, roomId })))
    .onConflictDoUpdate({
      target: [roomUsernames.robotId, roomUsernames.username],
      set: { roomId: sql`excluded.room_id` },
    })
}

async function markOthersGone(tx: Tx, robotId: string, roomIds: string[]): Promise<void> {
  const isUnseen = roomIds.length > 0 ? notInArray(rooms.id, roomIds) : undefined
  await tx
    .update(rooms)
    .set({ goneAt: now })
    .where(and(eq(rooms.robotId, robotId), isUnseen, isNull(rooms.goneAt)))
}
