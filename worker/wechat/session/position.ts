import { z } from 'zod'
import { cutText } from '@/worker/wechat/protocol/decode-text'
import type { Credentials } from '@/worker/wechat/client/web-client'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'

const string = z.string()
/** In UTF-16 units as WeChat sends it, see `raw-shapes.ts`. */
const maxNicknameLength = 4_000
/** The names are those of the client that wrote the first positions, so that stored sessions survive. */
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
  /** Known rooms: WeChat has no list of those that are not in the address book. */
  rooms: z.array(
    z.object({
      username: string,
      name: string,
      memberCount: z.number(),
      wechatId: string.nullable(),
      wasSaved: z.boolean().default(false),
    }),
  ),
})

/** Returns all that a later process needs to resume without a scan. It grants access to the account, so it is stored sealed. */
export function writePosition({ client, book }: WechatSession): string {
  const { syncCheckKey: formatedSyncKey, dataTicket: webwxDataTicket, ...rest } = client.credentials
  const { self } = client
  const state: z.input<typeof saved> = {
    v: 1,
    host: client.host,
    prop: { ...rest, formatedSyncKey, webwxDataTicket },
    cookie: client.transport.cookies.toRecord(),
    user: { UserName: self.username, NickName: cutText(self.nickname, maxNicknameLength), Uin: self.uin },
    rooms: book.roomNames().map((username) => {
      const { name, memberCount, wechatId } = book.outline(username)
      return { username, name, memberCount, wechatId, wasSaved: book.wasSaved(username) }
    }),
  }
  return JSON.stringify(state)
}

/** Restores a session from `position`; returns false if the position is invalid. */
export function restorePosition({ client, book }: WechatSession, position: string): boolean {
  const state = saved.safeParse(parseJson(position)).data
  if (!state) return false
  const { formatedSyncKey: syncCheckKey, webwxDataTicket: dataTicket, ...rest } = state.prop
  Object.assign(client.credentials, { ...rest, syncCheckKey, dataTicket } satisfies Credentials)
  const { UserName: username, NickName: nickname, Uin: uin } = state.user
  client.self = { username, nickname, uin }
  client.host = state.host
  client.transport.cookies.restore(state.cookie)
  for (const room of state.rooms) book.addRoom(room)
  return true
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
