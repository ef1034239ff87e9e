/** One call of the web protocol, recorded for tests. */
export type CallRecord = {
  seq: number
  method: string
  path: string
  wxid: string | null
  status: number | null
  ret: number | null
  fault: string | null
  startedAtMs: number
  /** null: the call has not ended yet. */
  endedAtMs: number | null
}

export type CallLog = {
  begin(call: { method: string; path: string; wxid: string | null }): CallRecord
  list(filter: { path?: string; wxid?: string }): CallRecord[]
  clear(): void
}

const maxRecords = 2_000

export function createCallLog(): CallLog {
  let records: CallRecord[] = []
  let seq = 0
  return {
    begin(call) {
      const record = {
        ...call,
        seq: ++seq,
        status: null,
        ret: null,
        fault: null,
        startedAtMs: Date.now(),
        endedAtMs: null,
      }
      records.push(record)
      if (records.length > maxRecords) records.shift()
      return record
    },
    list: ({ path, wxid }) =>
      records.filter((record) => (!path || record.path.endsWith(path)) && (!wxid || record.wxid === wxid)),
    clear() {
      records = []
    },
  }
}
