import type { LogEntry, World } from '@/simulator/world/world'

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never

const maxEntriesPerLogin = 5_000

/** Appends an entry to the log of every active login of these people, wakes their long polls, and emits it. */
export function appendToLogs(world: World, wxids: Iterable<string>, entry: WithoutSeq<LogEntry>): void {
  const receivers = new Set(wxids)
  world.events.emit('entry', receivers, entry)
  for (const login of world.data.logins) {
    if (login.endedRet !== 0 || !receivers.has(login.wxid)) continue
    login.headSeq += 1
    login.log.push({ ...entry, seq: login.headSeq })
    if (login.log.length > maxEntriesPerLogin) login.log.splice(0, login.log.length - maxEntriesPerLogin)
    world.events.emit(`login ${login.sid}`)
  }
}
