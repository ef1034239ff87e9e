import type { MemberTraits } from '@/lib/db/types'

export type Overlap = {
  /** Members in both lists. */
  sharedCount: number
  /** Shared members divided by all members of both lists, 0 to 1. */
  likeness: number
  /** Shared members divided by the shorter list, 0 to 1: high when a group grew or shrank. */
  containment: number
}

/** Compares two member lists, each person once, by any trait that survives a login; null: a list is unknown or empty. */
export function compareMembers(known: MemberTraits | null, seen: MemberTraits | null): Overlap | null {
  if (!known?.length || !seen?.length) return null
  const owners = new Map<string, number[]>()
  for (const [person, traits] of known.entries())
    for (const trait of traits) owners.set(trait, [...(owners.get(trait) ?? []), person])
  const matched = new Set<number>()
  for (const traits of seen) {
    const person = traits.flatMap((trait) => owners.get(trait) ?? []).find((owner) => !matched.has(owner))
    if (person !== undefined) matched.add(person)
  }
  const sharedCount = matched.size
  return {
    sharedCount,
    likeness: sharedCount / (known.length + seen.length - sharedCount),
    containment: sharedCount / Math.min(known.length, seen.length),
  }
}

/** What reidentifies a room after a login. `wechatId` never changes; name and members change; `headSeq` changes with the picture. */
type Evidence = { name: string; wechatId: string | null; headSeq: string | null; members: MemberTraits | null }
/** Whether the robot's account owns the room; null or absent: WeChat has not reported it. */
type OwnerEvidence = { isOwn?: boolean | null }
/** A stored room; `username` is its current `@@…`, null: not yet identified in this login. */
export type KnownRoom = Evidence & OwnerEvidence & { id: string; username: string | null; isAmbiguous: boolean }
/** A room as WeChat reports it now. */
export type SeenRoom = Evidence & OwnerEvidence & { username: string }
/**
 * `memberCount` is 0 if WeChat did not report it. `isShownEmpty`: WeChat lists the room without members, which proves neither
 * membership nor absence: a known room stays unchanged, an unknown one is not created.
 */
export type CountedRoom = SeenRoom & { memberCount: number; isShownEmpty?: true }

/** Returns whether WeChat's raw ids prove that these are different rooms. */
export function areDifferent(known: Evidence, seen: Evidence): boolean {
  return known.wechatId !== null && seen.wechatId !== null && known.wechatId !== seen.wechatId
}

/**
 * Returns whether only one of the two belongs to the robot's account. Ownership can be transferred, but any person can also create a
 * room with the same name and members: an operator has to decide.
 */
export function haveDifferentOwners(known: OwnerEvidence, seen: OwnerEvidence): boolean {
  const [wasOwn, isOwn] = [known.isOwn ?? null, seen.isOwn ?? null]
  return wasOwn !== null && isOwn !== null && wasOwn !== isOwn
}

export function haveSameName(known: Evidence, seen: Evidence): boolean {
  return known.name !== '' && known.name.normalize('NFC') === seen.name.normalize('NFC')
}

export type CompareRooms = (known: KnownRoom, seen: SeenRoom) => Overlap | null

/** Returns a comparison of members that computes each pair once: member lists are long. */
export function memoizeOverlaps(): CompareRooms {
  const bySeen = new WeakMap<SeenRoom, WeakMap<KnownRoom, Overlap | null>>()
  return (known, seen) => {
    const overlaps = bySeen.get(seen) ?? new WeakMap<KnownRoom, Overlap | null>()
    bySeen.set(seen, overlaps)
    const overlap = overlaps.has(known) ? (overlaps.get(known) ?? null) : compareMembers(known.members, seen.members)
    overlaps.set(known, overlap)
    return overlap
  }
}
