import type { MemberTraits } from '../db/types'
import { compareMembers, type Overlap } from './compare-members'

/** What a room can be known again by. `wechatId` is for ever; the name and the members change; `headSeq` changes with the picture. */
type Evidence = { name: string; wechatId: string | null; headSeq: string | null; members: MemberTraits | null }
/** A room we know; `username` is its current `@@…`, null until it has been found in this login. */
export type KnownRoom = Evidence & { id: string; username: string | null; isDoubtful: boolean }
/** A room as WeChat shows it now. */
export type SeenRoom = Evidence & { username: string }
export type CountedRoom = SeenRoom & { memberCount: number }

/** Tells rooms apart for certain: WeChat's raw ids are known and not the same. */
export function areDifferent(known: Evidence, seen: Evidence): boolean {
  return known.wechatId !== null && seen.wechatId !== null && known.wechatId !== seen.wechatId
}

export function areNamesakes(known: Evidence, seen: Evidence): boolean {
  return known.name !== '' && known.name.normalize('NFC') === seen.name.normalize('NFC')
}

export type CompareRooms = (known: KnownRoom, seen: SeenRoom) => Overlap | null

/** Makes a comparison of members that counts each pair once: member lists are long. */
export function rememberOverlaps(): CompareRooms {
  const bySeen = new WeakMap<SeenRoom, WeakMap<KnownRoom, Overlap | null>>()
  return (known, seen) => {
    const overlaps = bySeen.get(seen) ?? new WeakMap<KnownRoom, Overlap | null>()
    bySeen.set(seen, overlaps)
    const overlap = overlaps.has(known) ? (overlaps.get(known) ?? null) : compareMembers(known.members, seen.members)
    overlaps.set(known, overlap)
    return overlap
  }
}
