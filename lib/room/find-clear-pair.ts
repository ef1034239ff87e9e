import { areDifferent, areNamesakes, type CompareRooms, type KnownRoom, type SeenRoom } from './room-evidence'

/** Members speak against a room with less of the smaller list in the larger: people come and go, but not nearly all. */
const refutedBelow = 0.3
/** Without a name members have to be nearly the same, and enough of them. */
const alone = { likeness: 0.8, sharedCount: 4 }
/** Beside the same name they only have to tell namesakes apart. */
const besideName = { likeness: 0.5, sharedCount: 2 }
/** So much better than any other, or it is not clear. */
const margin = 0.2

export type OpenRooms<Seen extends SeenRoom> = {
  known: readonly KnownRoom[]
  seen: readonly Seen[]
  /** Whether `seen` is all there is: only then a name that one room has is a name that one room has. */
  isComplete: boolean
  compare: CompareRooms
}

/** Finds a known and a seen room that are the same by name and members, with nothing that speaks for another pair; null = none left. */
export function findClearPair<Seen extends SeenRoom>(rooms: OpenRooms<Seen>): { known: KnownRoom; seen: Seen } | null {
  for (const seen of rooms.seen)
    for (const known of rooms.known)
      if (!areDifferent(known, seen) && (isClearByName(rooms, known, seen) || isClearByMembers(rooms, known, seen)))
        return { known, seen }
  return null
}

/** Tells whether the members are too different for the same room. */
export function isRefuted(compare: CompareRooms, known: KnownRoom, seen: SeenRoom): boolean {
  return (compare(known, seen)?.containment ?? 1) < refutedBelow
}

/** Tells whether a known room that may be the seen one is worth an operator's look. */
export function isCandidate(compare: CompareRooms, known: KnownRoom, seen: SeenRoom): boolean {
  const hasSamePicture = known.headSeq !== null && known.headSeq === seen.headSeq
  const likeness = compare(known, seen)?.likeness ?? 0
  return areNamesakes(known, seen) || hasSamePicture || likeness >= besideName.likeness
}

/** A name that exactly one open room on either side has, unless the members say otherwise. */
function isClearByName<Seen extends SeenRoom>(rooms: OpenRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  if (!rooms.isComplete || !areNamesakes(known, seen) || hasOtherNamesake(rooms, known, seen)) return false
  if (isRefuted(rooms.compare, known, seen)) return false
  const likeness = rooms.compare(known, seen)?.likeness ?? 1
  return likeness >= besideName.likeness || bestRival(rooms, known, seen) < alone.likeness
}

/** Members that no other open room comes near to; where the name differs, it must not be another open room's. */
function isClearByMembers<Seen extends SeenRoom>(rooms: OpenRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  const overlap = rooms.compare(known, seen)
  const hasSameName = areNamesakes(known, seen)
  const wanted = hasSameName ? besideName : alone
  if (!overlap || overlap.likeness < wanted.likeness || overlap.sharedCount < wanted.sharedCount) return false
  if (!hasSameName && (!rooms.isComplete || hasOtherNamesake(rooms, known, seen))) return false
  return bestRival(rooms, known, seen) <= overlap.likeness - margin
}

function hasOtherNamesake<Seen extends SeenRoom>(rooms: OpenRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  return (
    rooms.known.some((other) => other !== known && areNamesakes(other, seen)) ||
    rooms.seen.some((other) => other !== seen && areNamesakes(known, other))
  )
}

/** How alike the best other pair is that one of the two could be in. */
function bestRival<Seen extends SeenRoom>(
  { compare, ...rooms }: OpenRooms<Seen>,
  known: KnownRoom,
  seen: Seen,
): number {
  const others = [
    ...rooms.known.flatMap((other) => (other === known || areDifferent(other, seen) ? [] : [compare(other, seen)])),
    ...rooms.seen.flatMap((other) => (other === seen || areDifferent(known, other) ? [] : [compare(known, other)])),
  ]
  return Math.max(0, ...others.map((overlap) => overlap?.likeness ?? 0))
}
