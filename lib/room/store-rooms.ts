import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { roomCandidates, rooms, roomUsernames } from '../db/schema/room'
import { newId } from '../id'
import { dropTakenCandidates } from './drop-taken-candidates'
import { findUnchanged } from './find-unchanged'
import { loadKnownRooms } from './load-known-rooms'
import { lockRooms } from './lock-rooms'
import { matchRooms, type RoomMatch } from './match-rooms'
import { mergeRooms } from './merge-rooms'
import { refreshBindings } from './refresh-bindings'
import type { CountedRoom } from './room-evidence'

type Owner = { robotId: string; accountUin: string | null }

const now = sql`clock_timestamp()`

/**
 * Stores rooms as WeChat shows them now: known ones keep their id, new ones get one, bindings follow the names. A room that may be a
 * known one, but not for certain, gets an id to be used meanwhile and waits for an operator, or for better evidence.
 * With `isComplete`, known rooms that are not among them are marked gone. Answers our id of each `@@…`. Decisions A8, A9, A10.
 */
export async function storeRooms(
  tx: Tx,
  { robotId, seen, isComplete }: { robotId: string; seen: readonly CountedRoom[]; isComplete: boolean },
): Promise<Map<string, string>> {
  const unique = [...new Map(seen.map((room) => [room.username, room])).values()]
  const unchanged = isComplete ? null : await findUnchanged(tx, { robotId, seen: unique })
  if (unchanged) return unchanged
  const { accountUin } = await lockRooms(tx, { robotId })
  const known = await loadKnownRooms(tx, { robotId, accountUin, seen: unique })
  const matches = matchRooms(known, unique, { isComplete })
  await freeUsernames(tx, robotId, matches)
  const idByUsername = new Map<string, string>()
  for (const match of matches)
    idByUsername.set(match.seen.username, await storeMatch(tx, { robotId, accountUin }, match))

  await rememberUsernames(tx, robotId, idByUsername)
  const roomIds = [...idByUsername.values()]
  if (isComplete) await markOthersGone(tx, robotId, roomIds)
  if (roomIds.length === 0) return idByUsername
  await dropTakenCandidates(tx, { robotId })
  await refreshBindings(tx, { robotId, roomIds })
  return idByUsername
}

/** Takes `@@…` away from rooms that proved to be others. */
async function freeUsernames(tx: Tx, robotId: string, matches: RoomMatch<CountedRoom>[]): Promise<void> {
  const usernames = matches.map(({ seen }) => seen.username)
  const keepers = matches.flatMap(({ known, standIn }) => [known?.id ?? [], standIn?.id ?? []]).flat()
  if (usernames.length === 0) return
  await tx
    .update(rooms)
    .set({ username: null })
    .where(and(eq(rooms.robotId, robotId), inArray(rooms.username, usernames), notInArray(rooms.id, ['', ...keepers])))
}

async function storeMatch(tx: Tx, { robotId, accountUin }: Owner, match: RoomMatch<CountedRoom>): Promise<string> {
  const { seen, known, standIn, doubt } = match
  const { username, memberCount } = seen
  const id = known?.id ?? newId('room')
  if (standIn) await mergeRooms(tx, { robotId, fromId: standIn.id, intoId: id })
  if (known?.isDoubtful && seen.wechatId) await dropRefutedCandidates(tx, id, seen.wechatId)
  if (known) {
    // WeChat does not always describe a room at once; what we know is better than nothing.
    const name = seen.name || known.name
    const wechatId = seen.wechatId ?? known.wechatId
    const headSeq = seen.headSeq ?? known.headSeq
    const members = seen.members?.length ? { members: seen.members } : {}
    // Nothing that it may be for now: what was found before still waits.
    const isWaiting = sql<boolean>`is_doubtful and exists (select 1 from room_candidates where room_id = ${id})`
    const isDoubtful = doubt ? true : isWaiting
    const evidence = { name, wechatId, headSeq, ...members, isDoubtful }
    await tx
      .update(rooms)
      .set({ username, memberCount, ...evidence, goneAt: null, seenAt: now })
      .where(eq(rooms.id, id))
  } else {
    const { name, wechatId, headSeq, members } = seen
    const evidence = { name, wechatId, headSeq, members, isDoubtful: doubt !== null }
    await tx.insert(rooms).values({ id, robotId, accountUin, username, memberCount, ...evidence })
  }
  const candidates = (doubt ?? []).map((candidate) => ({ roomId: id, candidateId: candidate.id }))
  if (candidates.length > 0) await tx.insert(roomCandidates).values(candidates).onConflictDoNothing()
  return id
}

/** A raw id that is told at last says which rooms it is not. */
async function dropRefutedCandidates(tx: Tx, roomId: string, wechatId: string): Promise<void> {
  const others = tx.select({ id: rooms.id }).from(rooms).where(ne(rooms.wechatId, wechatId))
  await tx
    .delete(roomCandidates)
    .where(and(eq(roomCandidates.roomId, roomId), inArray(roomCandidates.candidateId, others)))
}

async function rememberUsernames(tx: Tx, robotId: string, idByUsername: Map<string, string>): Promise<void> {
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
