import { findClearPair, isCandidate, isRefuted } from './find-clear-pair'
import { areDifferent, rememberOverlaps, type KnownRoom, type SeenRoom } from './room-evidence'

export type RoomMatch<Seen extends SeenRoom> = {
  seen: Seen
  /** Whose id it has or gets; null = an id of its own. */
  known: KnownRoom | null
  /** What had this `@@…` until now, and turns out to be `known`. */
  standIn: KnownRoom | null
  /** Not clear: the rooms that it may be. Then `known` is what holds its place, if anything does yet. */
  doubt: KnownRoom[] | null
}

/**
 * Finds the known room of each seen one, strongest evidence first: the current `@@…`, WeChat's raw id, the picture, the name, the
 * members. What is not clear is doubtful, never guessed. No known room is matched twice. Decisions A9.
 * @param isComplete whether `seen` is all that WeChat shows; a part of it tells less
 */
export function matchRooms<Seen extends SeenRoom>(
  known: readonly KnownRoom[],
  seen: readonly Seen[],
  { isComplete }: { isComplete: boolean },
): RoomMatch<Seen>[] {
  const compare = rememberOverlaps()
  const holders = findHolders(known, seen)
  const held = new Set(holders.values())
  const found = new Map<Seen, KnownRoom>()
  let openKnown = known.filter((room) => !held.has(room))
  // The raw id, once told, also corrects an id that was given for want of evidence.
  let openSeen = seen.filter((room) => isOpen(holders.get(room)) || holders.get(room)?.wechatId === null)

  function settle(pairs: { known: KnownRoom; seen: Seen }[]): void {
    for (const pair of pairs) {
      openKnown = openKnown.filter((room) => room !== pair.known)
      // A stand-in of an earlier login: which room it stands in for is still open.
      if (pair.known.isDoubtful && !holders.has(pair.seen)) holders.set(pair.seen, pair.known)
      else {
        found.set(pair.seen, pair.known)
        openSeen = openSeen.filter((room) => room !== pair.seen)
      }
    }
  }
  settle(pairUnique(openKnown, openSeen, (room) => room.wechatId))
  // Weaker evidence is for rooms whose `@@…` is stale, or was refuted by now.
  const shown = new Set(seen.map((room) => room.username))
  openKnown = openKnown.filter((room) => room.username === null || shown.has(room.username))
  openSeen = openSeen.filter((room) => isOpen(holders.get(room)))
  const samePicture = pairUnique(openKnown, openSeen, (room) => room.headSeq)
  settle(
    samePicture.filter((pair) => !areDifferent(pair.known, pair.seen) && !isRefuted(compare, pair.known, pair.seen)),
  )
  for (;;) {
    const pair = findClearPair({ known: openKnown, seen: openSeen, isComplete, compare })
    if (!pair) break
    settle([pair])
  }
  const unclear = new Set(openSeen)
  return seen.map((room) => {
    const match = found.get(room)
    const holder = holders.get(room) ?? null
    if (match) return { seen: room, known: match, standIn: holder, doubt: null }
    if (!unclear.has(room)) return { seen: room, known: holder, standIn: null, doubt: null }
    const possible = openKnown.filter((other) => !areDifferent(other, room))
    const candidates = possible.filter((other) => isCandidate(compare, other, room))
    const isTooEarly = possible.length > 0 && isUndescribed(room, isComplete)
    return { seen: room, known: holder, standIn: null, doubt: candidates.length > 0 || isTooEarly ? candidates : null }
  })
}

/** The room that each `@@…` is known to be, unless its raw id says that this was wrong. */
function findHolders<Seen extends SeenRoom>(known: readonly KnownRoom[], seen: readonly Seen[]): Map<Seen, KnownRoom> {
  const byUsername = new Map(known.map((room) => [room.username, room]))
  const holders = new Map<Seen, KnownRoom>()
  for (const room of seen) {
    const holder = byUsername.get(room.username)
    if (holder && !areDifferent(holder, room)) holders.set(room, holder)
  }
  return holders
}

/** Whether the question which room it is, is still open. */
function isOpen(holder: KnownRoom | undefined): boolean {
  return !holder || holder.isDoubtful
}

/** Whether WeChat has told too little to say that it is none of the known ones. */
function isUndescribed({ name, members }: SeenRoom, isComplete: boolean): boolean {
  return !members?.length && (name === '' || !isComplete)
}

/** Pairs those that alone on their side have the same key. */
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
