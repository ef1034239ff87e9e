/** One request as an endpoint saw it; `atMs` since 1970. */
export type Seen = {
  id: string
  sequence: number
  roomId: string
  atMs: number
  /** It was answered so that it counts as delivered. */
  isTaken: boolean
}

/** A failed try as a worker recorded it; some the endpoint never saw, because they ended on the way. */
export type RecordedFailure = { id: string; endedMs: number }

export type Verdict = { lost: string[]; inversions: string[]; repeatCount: number; steppedAsideCount: number }

/**
 * Checks what endpoints saw against what was to be told (G4): nothing lost; within a room no event tried before those
 * ahead of it were taken or had failed twice (A12). Repeats are counted: an id says that they are.
 */
export function checkHistory(
  expectedIds: readonly string[],
  history: readonly Seen[],
  failures: readonly RecordedFailure[],
): Verdict {
  const taken = new Set(history.filter(({ isTaken }) => isTaken).map(({ id }) => id))
  const verdict: Verdict = {
    lost: expectedIds.filter((id) => !taken.has(id)),
    inversions: [],
    repeatCount: history.filter(({ isTaken }) => isTaken).length - taken.size,
    steppedAsideCount: 0,
  }
  const rooms = new Map<string, Seen[]>()
  for (const seen of history) rooms.set(seen.roomId, [...(rooms.get(seen.roomId) ?? []), seen])
  const failuresOf = new Map<string, number[]>()
  for (const { id, endedMs } of failures) failuresOf.set(id, [...(failuresOf.get(id) ?? []), endedMs])
  for (const tries of rooms.values()) checkRoom(tries, failuresOf, verdict)
  return verdict
}

function checkRoom(tries: readonly Seen[], failuresOf: ReadonlyMap<string, number[]>, verdict: Verdict): void {
  const idOf = new Map(tries.map(({ sequence, id }) => [sequence, id]))
  const open = new Set([...idOf.keys()].sort((a, b) => a - b))
  for (const seen of tries.toSorted((a, b) => a.atMs - b.atMs)) {
    for (const earlier of open) {
      if (earlier >= seen.sequence) break
      const failed = (failuresOf.get(idOf.get(earlier) ?? '') ?? []).filter((endedMs) => endedMs <= seen.atMs)
      if (failed.length >= 2) verdict.steppedAsideCount++
      else verdict.inversions.push(`${seen.id} (${seen.sequence}) before ${earlier} in ${seen.roomId}`)
    }
    if (seen.isTaken) open.delete(seen.sequence)
  }
}
