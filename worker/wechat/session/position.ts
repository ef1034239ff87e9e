import { z } from 'zod'
import { cutText } from '@/worker/wechat/protocol/decode-text'
import { selfUsername, setHost, type WechatSession } from '@/worker/wechat/session/wechat-session'

const string = z.string()
/** In UTF-16 units as WeChat sends it, see `raw-shapes.ts`. */
const maxNicknameLength = 4_000
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
export function writePosition({ client, book, host }: WechatSession): string {
  const { uuid: _, ...prop } = client.PROP
  const { NickName, Uin } = client.user
  const state: z.input<typeof saved> = {
    v: 1,
    host,
    prop,
    cookie: client.COOKIE,
    user: {
      UserName: selfUsername(client),
      NickName: typeof NickName === 'string' ? cutText(NickName, maxNicknameLength) : '',
      Uin: Number(Uin) || 0,
    },
    rooms: book.roomNames().map((username) => {
      const { name, memberCount, wechatId } = book.outline(username)
      return { username, name, memberCount, wechatId, wasSaved: book.wasSaved(username) }
    }),
  }
  return JSON.stringify(state)
}

/** Restores a session from `position`; returns false if the position is invalid. */
export function restorePosition(session: WechatSession, position: string): boolean {
  const state = saved.safeParse(parseJson(position)).data
  if (!state) return false
  Object.assign(session.client.PROP, state.prop)
  Object.assign(session.client.COOKIE, state.cookie)
  Object.assign(session.client.user, state.user)
  for (const room of state.rooms) session.book.addRoom(room)
  setHost(session, state.host)
  return true
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
