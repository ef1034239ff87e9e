/** One request as an endpoint saw it. */
export type Seen = {
  id: string
  sequence: number
  roomId: string
  atMs: number
  /** It was answered so that it counts as delivered. */
  isTaken: boolean
}

export type Verdict = { lost: string[]; inversions: string[]; repeatCount: number; steppedAsideCount: number }

/**
 * Checks what endpoints saw against what was to be told (G4): nothing lost; within a room no event tried before those
 * ahead of it were taken or had failed twice (A12). Repeats are counted: an id says that they are.
 */
export function checkHistory(expectedIds: readonly string[], history: readonly Seen[]): Verdict {
  const taken = new Set(history.filter(({ isTaken }) => isTaken).map(({ id }) => id))
  const verdict: Verdict = {
    lost: expectedIds.filter((id) => !taken.has(id)),
    inversions: [],
    repeatCount: history.filter(({ isTaken }) => isTaken).length - taken.size,
    steppedAsideCount: 0,
  }
  const rooms = new Map<string, Seen[]>()
  for (const seen of history) rooms.set(seen.roomId, [...(rooms.get(seen.roomId) ?? []), seen])
  for (const tries of rooms.values()) checkRoom(tries, verdict)
  return verdict
}

function checkRoom(tries: readonly Seen[], verdict: Verdict): void {
  const sequences = [...new Set(tries.map(({ sequence }) => sequence))].sort((a, b) => a - b)
  const failures = new Map(sequences.map((sequence) => [sequence, 0]))
  const open = new Set(sequences)
  for (const seen of tries.toSorted((a, b) => a.atMs - b.atMs)) {
    for (const earlier of open) {
      if (earlier >= seen.sequence) break
      if ((failures.get(earlier) ?? 0) >= 2) verdict.steppedAsideCount++
      else verdict.inversions.push(`${seen.id} (${seen.sequence}) before ${earlier} in ${seen.roomId}`)
    }
    if (seen.isTaken) open.delete(seen.sequence)
    else failures.set(seen.sequence, (failures.get(seen.sequence) ?? 0) + 1)
  }
}
