import type { Login, LogEntry } from '@/simulator/world/world'

export type SyncKey = { Count: number; List: { Key: number; Val: number }[] }

/** Key 2 has the position in the login's log; the others exist because WeChat's SyncKey has them. */
export function syncKeyAt(login: Login, seq: number): SyncKey {
  const createdAt = Math.floor(login.createdAtMs / 1000)
  const List = [
    { Key: 1, Val: 650_000_000 + (login.uin % 1_000_000) },
    { Key: 2, Val: seq },
    { Key: 3, Val: 690_000_000 },
    { Key: 1000, Val: createdAt },
  ]
  return { Count: List.length, List }
}

/** Reads the position from a SyncKey of webwxsync; `undefined` if there is none. */
export function seqOfSyncKey(syncKey: unknown): number | undefined {
  const list = (syncKey as Partial<SyncKey> | null)?.List
  const found = Array.isArray(list) ? list.find((item) => item?.Key === 2)?.Val : undefined
  return found !== undefined && Number.isSafeInteger(found) ? found : undefined
}

/** Reads the position from synccheck's format, `1_650…|2_700…|…`. */
export function seqOfSyncCheckKey(text: string): number | undefined {
  const value = /(?:^|\|)2_(\d+)(?:\||$)/.exec(text)?.[1]
  return value === undefined ? undefined : Number(value)
}

/**
 * Returns the entries after a position, oldest first; for a position before the start of the log, all of them. A position beyond
 * the end dates from before a crash that lost up to 200 ms: the log continues from there, so that no later entry is skipped.
 */
export function entriesAfter(login: Login, seq: number): LogEntry[] {
  login.headSeq = Math.max(login.headSeq, seq)
  return login.log.filter((entry) => entry.seq > seq)
}
