import {
  areDifferent,
  haveSameName,
  haveDifferentOwners,
  type CompareRooms,
  type KnownRoom,
  type SeenRoom,
} from '@/lib/room/room-evidence'

/** Minimum containment of the member lists of one room: members come and go, but not nearly all of them. */
const minContainment = 0.3
/** Minimum overlap that identifies a room whose name differs. */
const minWithoutName = { likeness: 0.8, sharedCount: 4 }
/** Minimum overlap that identifies a room with the same name: it only separates rooms of one name. */
const minWithName = { likeness: 0.5, sharedCount: 2 }
/** Minimum lead in likeness over the next best pair. */
const minLead = 0.2

export type UnmatchedRooms<Seen extends SeenRoom> = {
  known: readonly KnownRoom[]
  seen: readonly Seen[]
  /** `seen` is the complete list: only then is a unique name conclusive. */
  isComplete: boolean
  compare: CompareRooms
}

/** Returns a known and a seen room that are the same by name and members, with no evidence for another pair; null: none. */
export function findUnambiguousMatch<Seen extends SeenRoom>(
  rooms: UnmatchedRooms<Seen>,
): { known: KnownRoom; seen: Seen } | null {
  for (const seen of rooms.seen)
    for (const known of rooms.known)
      if (isPossible(known, seen) && (isUniqueByName(rooms, known, seen) || isUniqueByMembers(rooms, known, seen)))
        return { known, seen }
  return null
}

function isPossible(known: KnownRoom, seen: SeenRoom): boolean {
  return !areDifferent(known, seen) && !haveDifferentOwners(known, seen)
}

/** Returns whether the members are too different for the same room. */
export function isRefuted(compare: CompareRooms, known: KnownRoom, seen: SeenRoom): boolean {
  return (compare(known, seen)?.containment ?? 1) < minContainment
}

/** Returns whether a known room is likely enough to be offered to an operator. */
export function isCandidate(compare: CompareRooms, known: KnownRoom, seen: SeenRoom): boolean {
  const hasSamePicture = known.headSeq !== null && known.headSeq === seen.headSeq
  const likeness = compare(known, seen)?.likeness ?? 0
  return haveSameName(known, seen) || hasSamePicture || likeness >= minWithName.likeness
}

/** Returns whether both rooms have a name that is unique among the unmatched rooms of each side, and the members do not contradict it. */
function isUniqueByName<Seen extends SeenRoom>(rooms: UnmatchedRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  if (!rooms.isComplete || !haveSameName(known, seen) || isNameShared(rooms, known, seen)) return false
  if (isRefuted(rooms.compare, known, seen)) return false
  const likeness = rooms.compare(known, seen)?.likeness ?? 1
  return likeness >= minWithName.likeness || bestOtherLikeness(rooms, known, seen) < minWithoutName.likeness
}

/** Returns whether no other unmatched room has similar members; a different name must not be that of another unmatched room. */
function isUniqueByMembers<Seen extends SeenRoom>(rooms: UnmatchedRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  const overlap = rooms.compare(known, seen)
  const hasSameName = haveSameName(known, seen)
  const minimum = hasSameName ? minWithName : minWithoutName
  if (!overlap || overlap.likeness < minimum.likeness || overlap.sharedCount < minimum.sharedCount) return false
  if (!hasSameName && (!rooms.isComplete || isNameShared(rooms, known, seen))) return false
  return bestOtherLikeness(rooms, known, seen) <= overlap.likeness - minLead
}

function isNameShared<Seen extends SeenRoom>(rooms: UnmatchedRooms<Seen>, known: KnownRoom, seen: Seen): boolean {
  return (
    rooms.known.some((other) => other !== known && haveSameName(other, seen)) ||
    rooms.seen.some((other) => other !== seen && haveSameName(known, other))
  )
}

/** Returns the likeness of the best other pair that contains one of the two rooms. */
function bestOtherLikeness<Seen extends SeenRoom>(
  { compare, ...rooms }: UnmatchedRooms<Seen>,
  known: KnownRoom,
  seen: Seen,
): number {
  const others = [
    ...rooms.known.flatMap((other) => (other === known || areDifferent(other, seen) ? [] : [compare(other, seen)])),
    ...rooms.seen.flatMap((other) => (other === seen || areDifferent(known, other) ? [] : [compare(known, other)])),
  ]
  return Math.max(0, ...others.map((overlap) => overlap?.likeness ?? 0))
}
