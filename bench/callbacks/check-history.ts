/** One request as an endpoint received it; `atMs` is Unix time. */
export type Seen = {
  id: string
  sequence: number
  roomId: string
  atMs: number
  /** The response of the endpoint confirmed the delivery. */
  isTaken: boolean
}

/** A failed attempt as a worker recorded it; the endpoint may not have received it. */
export type RecordedFailure = { id: string; endedMs: number }

export type Verdict = { lost: string[]; inversions: string[]; repeatCount: number; steppedAsideCount: number }

/**
 * Checks the received requests against the expected events (G4): no event is lost, and within a room no event is attempted
 * before each earlier one was delivered or had failed twice (A12). Repeated deliveries are only counted; their ids identify them.
 */
export function checkHistory(
  expectedIds: readonly string[],
  history: readonly Seen[],
  failures: readonly RecordedFailure[],
): Verdict {
  const deliveredIds = new Set(history.filter(({ isTaken }) => isTaken).map(({ id }) => id))
  const verdict: Verdict = {
    lost: expectedIds.filter((id) => !deliveredIds.has(id)),
    inversions: [],
    repeatCount: history.filter(({ isTaken }) => isTaken).length - deliveredIds.size,
    steppedAsideCount: 0,
  }
  const rooms = new Map<string, Seen[]>()
  for (const seen of history) rooms.set(seen.roomId, [...(rooms.get(seen.roomId) ?? []), seen])
  const failuresOf = new Map<string, number[]>()
  for (const { id, endedMs } of failures) failuresOf.set(id, [...(failuresOf.get(id) ?? []), endedMs])
  for (const attempts of rooms.values()) checkRoom(attempts, failuresOf, verdict)
  return verdict
}

function checkRoom(attempts: readonly Seen[], failuresOf: ReadonlyMap<string, number[]>, verdict: Verdict): void {
  const idOf = new Map(attempts.map(({ sequence, id }) => [sequence, id]))
  const open = new Set([...idOf.keys()].sort((a, b) => a - b))
  for (const seen of attempts.toSorted((a, b) => a.atMs - b.atMs)) {
    for (const earlier of open) {
      if (earlier >= seen.sequence) break
      const failed = (failuresOf.get(idOf.get(earlier) ?? '') ?? []).filter((endedMs) => endedMs <= seen.atMs)
      if (failed.length >= 2) verdict.steppedAsideCount++
      else verdict.inversions.push(`${seen.id} (${seen.sequence}) before ${earlier} in ${seen.roomId}`)
    }
    if (seen.isTaken) open.delete(seen.sequence)
  }
}
