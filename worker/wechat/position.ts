import { z } from 'zod'
import { selfUsername, useHost, type Line } from './line'

const string = z.string()
const saved = z.object({
  v: z.literal(1),
  host: string,
  prop: z.object({
    uin: string.min(1),
    sid: string.min(1),
    skey: string,
    passTicket: string,
    formatedSyncKey: string,
    webwxDataTicket: string,
    syncKey: z.unknown(),
  }),
  cookie: z.record(string, string),
  user: z.object({ UserName: string.min(1), NickName: string, Uin: z.number() }),
  /** The rooms known by name: those not in the address book are in no list that could be asked for. */
  rooms: z.array(z.object({ username: string, name: string, memberCount: z.number(), wechatId: string.nullable() })),
})

/** Writes all that a later process needs to go on from here without a scan. Whoever has it has the account: it is sealed where stored. */
export function writePosition({ client, book, host }: Line): string {
  const { uuid: _, ...prop } = client.PROP
  const { NickName, Uin } = client.user
  const state: z.input<typeof saved> = {
    v: 1,
    host,
    prop,
    cookie: client.COOKIE,
    user: {
      UserName: selfUsername(client),
      NickName: typeof NickName === 'string' ? NickName : '',
      Uin: Number(Uin) || 0,
    },
    rooms: book.roomNames().map((username) => {
      const { name, memberCount, wechatId } = book.outline(username)
      return { username, name, memberCount, wechatId }
    }),
  }
  return JSON.stringify(state)
}

/** Puts a line where `position` says; false for a position that is not ours. */
export function restorePosition(line: Line, position: string): boolean {
  const state = saved.safeParse(parseJson(position)).data
  if (!state) return false
  Object.assign(line.client.PROP, state.prop)
  Object.assign(line.client.COOKIE, state.cookie)
  Object.assign(line.client.user, state.user)
  for (const room of state.rooms) line.book.noteRoom(room)
  useHost(line, state.host)
  return true
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
