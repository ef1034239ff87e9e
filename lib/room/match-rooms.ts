import { findUnambiguousMatch, isCandidate, isRefuted } from '@/lib/room/find-unambiguous-match'
import {
  areDifferent,
  haveDifferentOwners,
  memoizeOverlaps,
  type KnownRoom,
  type SeenRoom,
} from '@/lib/room/room-evidence'

export type RoomMatch<Seen extends SeenRoom> = {
  seen: Seen
  /** The stored room whose id it keeps; null: it gets a new id. */
  known: KnownRoom | null
  /** The room that temporarily held this `@@…` and is to be merged into `known`. */
  placeholder: KnownRoom | null
  /** Rooms between which the match is ambiguous; `known` is then the placeholder, if any. []: too little data to decide. null: not ambiguous. */
  candidates: KnownRoom[] | null
}

/**
 * Matches each seen room to a known room, strongest evidence first: the current `@@…`, WeChat's raw id, the picture, the name, the
 * members. An ambiguous match is reported, never guessed. No known room is matched twice. Spec: A9 (durable room ids).
 * @param isComplete `seen` is the complete list; a partial list proves less
 */
export function matchRooms<Seen extends SeenRoom>(
  known: readonly KnownRoom[],
  seen: readonly Seen[],
  { isComplete }: { isComplete: boolean },
): RoomMatch<Seen>[] {
  const compare = memoizeOverlaps()
  const holders = findHolders(known, seen)
  const held = new Set(holders.values())
  const matched = new Map<Seen, KnownRoom>()
  let openKnown = known.filter((room) => !held.has(room))
  // A raw id that arrives later also corrects an id that was assigned without it.
  let openSeen = seen.filter((room) => isOpen(holders.get(room)) || holders.get(room)?.wechatId === null)

  function settle(pairs: { known: KnownRoom; seen: Seen }[]): void {
    for (const pair of pairs) {
      openKnown = openKnown.filter((room) => room !== pair.known)
      // A placeholder of an earlier login: the room it belongs to is still undecided.
      if (pair.known.isAmbiguous && !holders.has(pair.seen)) holders.set(pair.seen, pair.known)
      else {
        matched.set(pair.seen, pair.known)
        openSeen = openSeen.filter((room) => room !== pair.seen)
      }
    }
  }
  settle(pairUnique(openKnown, openSeen, (room) => room.wechatId))
  // Weaker evidence applies to rooms whose `@@…` is stale or refuted.
  const usernames = new Set(seen.map((room) => room.username))
  openKnown = openKnown.filter((room) => room.username === null || usernames.has(room.username))
  openSeen = openSeen.filter((room) => isOpen(holders.get(room)))
  const samePicture = pairUnique(openKnown, openSeen, (room) => room.headSeq)
  settle(
    samePicture.filter(
      (pair) =>
        !areDifferent(pair.known, pair.seen) &&
        !haveDifferentOwners(pair.known, pair.seen) &&
        !isRefuted(compare, pair.known, pair.seen),
    ),
  )
  for (;;) {
    const pair = findUnambiguousMatch({ known: openKnown, seen: openSeen, isComplete, compare })
    if (!pair) break
    settle([pair])
  }
  const unmatched = new Set(openSeen)
  return seen.map((room) => {
    const match = matched.get(room)
    const holder = holders.get(room) ?? null
    if (match) return { seen: room, known: match, placeholder: holder, candidates: null }
    if (!unmatched.has(room)) return { seen: room, known: holder, placeholder: null, candidates: null }
    const possible = openKnown.filter((other) => !areDifferent(other, room))
    const likely = possible.filter((other) => isCandidate(compare, other, room))
    const isTooEarly = possible.length > 0 && isUndescribed(room, isComplete)
    return { seen: room, known: holder, placeholder: null, candidates: likely.length > 0 || isTooEarly ? likely : null }
  })
}

/** Returns the room that currently holds each `@@…`, unless its raw id disproves it. */
function findHolders<Seen extends SeenRoom>(known: readonly KnownRoom[], seen: readonly Seen[]): Map<Seen, KnownRoom> {
  const byUsername = new Map(known.map((room) => [room.username, room]))
  const holders = new Map<Seen, KnownRoom>()
  for (const room of seen) {
    const holder = byUsername.get(room.username)
    if (holder && !areDifferent(holder, room)) holders.set(room, holder)
  }
  return holders
}

/** Returns whether the room still has to be identified. */
function isOpen(holder: KnownRoom | undefined): boolean {
  return !holder || holder.isAmbiguous
}

/** Returns whether WeChat reported too little to conclude that the room is new. */
function isUndescribed({ name, members }: SeenRoom, isComplete: boolean): boolean {
  return !members?.length && (name === '' || !isComplete)
}

/** Pairs rooms whose key is unique on both sides. */
function pairUnique<Seen extends SeenRoom>(
  known: readonly KnownRoom[],
  seen: readonly Seen[],
  keyOf: (room: KnownRoom | Seen) => string | null,
): { known: KnownRoom; seen: Seen }[] {
  return seen.flatMap((room) => {
    const key = keyOf(room)
    if (key === null) return []
    const [match, ...more] = known.filter((other) => keyOf(other) === key)
    const isOnlyOne = seen.filter((other) => keyOf(other) === key).length === 1
    return match && more.length === 0 && isOnlyOne ? [{ known: match, seen: room }] : []
  })
}
