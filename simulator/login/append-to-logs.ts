import type { LogEntry, World } from '../world/world'

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never

const keptPerLogin = 5_000

/** Appends an entry to the log of every live login of these people and wakes their long polls. */
export function appendToLogs(world: World, wxids: Iterable<string>, entry: WithoutSeq<LogEntry>): void {
  const told = new Set(wxids)
  for (const login of world.data.logins) {
    if (login.endedRet !== 0 || !told.has(login.wxid)) continue
    login.headSeq += 1
    login.log.push({ ...entry, seq: login.headSeq })
    if (login.log.length > keptPerLogin) login.log.splice(0, login.log.length - keptPerLogin)
    world.events.emit(`login ${login.sid}`)
  }
}
