import type { MemberTraits } from '../db/types'

export type Overlap = {
  /** How many are in both. */
  sharedCount: number
  /** Shared of all, 0 to 1: one and the same group? */
  likeness: number
  /** Shared of the smaller side, 0 to 1: at least a part or a growth of the other? */
  containment: number
}

/** Counts who is in both member lists: each person once, by any trait that outlives a login. null where one of them is not known. */
export function compareMembers(known: MemberTraits | null, seen: MemberTraits | null): Overlap | null {
  if (!known?.length || !seen?.length) return null
  const owners = new Map<string, number[]>()
  for (const [person, traits] of known.entries())
    for (const trait of traits) owners.set(trait, [...(owners.get(trait) ?? []), person])
  const taken = new Set<number>()
  for (const traits of seen) {
    const person = traits.flatMap((trait) => owners.get(trait) ?? []).find((owner) => !taken.has(owner))
    if (person !== undefined) taken.add(person)
  }
  const sharedCount = taken.size
  return {
    sharedCount,
    likeness: sharedCount / (known.length + seen.length - sharedCount),
    containment: sharedCount / Math.min(known.length, seen.length),
  }
}
