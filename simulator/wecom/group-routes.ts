import { type Context, Hono } from 'hono'
import QRCode from 'qrcode'
import * as z from 'zod'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { type WecomGroup, wecomOf } from '@/simulator/wecom/data'
import { groupsOf, joinWaysOf } from '@/simulator/wecom/groups'
import { wecomErrors } from '@/simulator/wecom/send'
import { randomHex } from '@/simulator/world/random'
import { touchWorld } from '@/simulator/world/world'

const tooManyOwners = { errcode: 81017, errmsg: 'owner_filter is required' } as const
const unknownGroup = { errcode: 40050, errmsg: 'invalid chatid' } as const
const ok = { errcode: 0, errmsg: 'ok' } as const
const base = '/cgi-bin/externalcontact/groupchat'

const added = z.object({
  scene: z.literal(2),
  remark: z.string().max(30).optional(),
  auto_create_room: z.number().optional(),
  chat_id_list: z.array(z.string()).min(1).max(5),
  state: z.string().max(30).default(''),
})
const listed = z.object({
  cursor: z.string().default('0'),
  limit: z.number().int().min(1).max(1000).default(1000),
  owner_filter: z.object({ userid_list: z.array(z.string()).min(1).max(100) }).optional(),
})
/** With more people in range, a list must name the owners. */
const maxVisible = 1000

/** WeCom's API for customer groups: lists, members and join ways. The caller has checked the access token. */
export function wecomGroupRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv & { Variables: { body: unknown } }>()
  type Request = Context<ProtocolEnv & { Variables: { body: unknown } }>
  const read = (c: Request, name: string) => (c.get('body') as Record<string, unknown> | undefined)?.[name]

  app.post(`${base}/list`, (c) => {
    const { data } = listed.safeParse(c.get('body'))
    if (!data) return c.json(wecomErrors.argument)
    const owners = data.owner_filter?.userid_list
    if (!owners && (wecomOf(world).visibleCount ?? 0) > maxVisible) return c.json(tooManyOwners)
    const groups = groupsOf(world).filter(({ owner }) => owners?.includes(owner) ?? true)
    const start = Number(data.cursor) || 0
    const page = groups.slice(start, start + data.limit)
    const isLast = start + page.length >= groups.length
    const list = page.map(({ chatId }) => ({ chat_id: chatId, status: 0 }))
    return c.json({ ...ok, group_chat_list: list, ...(isLast ? {} : { next_cursor: String(start + page.length) }) })
  })
  app.post(`${base}/get`, (c) => {
    const group = groupsOf(world).find(({ chatId }) => chatId === read(c, 'chat_id'))
    return c.json(group ? { ...ok, group_chat: present(group) } : unknownGroup)
  })
  app.post(`${base}/add_join_way`, (c) => {
    const { data } = added.safeParse(c.get('body'))
    const chatId = data?.chat_id_list[0]
    if (!data || !groupsOf(world).some((group) => group.chatId === chatId)) return c.json(wecomErrors.argument)
    const way = { configId: randomHex(16), chatId: chatId ?? '', state: data.state }
    joinWaysOf(world).push(way)
    touchWorld(world)
    return c.json({ ...ok, config_id: way.configId })
  })
  app.post(`${base}/get_join_way`, (c) => {
    const way = joinWaysOf(world).find(({ configId }) => configId === read(c, 'config_id'))
    if (!way) return c.json(wecomErrors.argument)
    // As on the real service, the picture is on another host.
    const picture = `https://wework.qpic.cn/wwpic/sim-qr/${way.configId}`
    const { configId, chatId, state } = way
    const shown = { config_id: configId, scene: 2, chat_id_list: [chatId], state, qr_code: picture }
    return c.json({ ...ok, join_way: shown })
  })
  app.post(`${base}/del_join_way`, (c) => {
    const index = joinWaysOf(world).findIndex(({ configId }) => configId === read(c, 'config_id'))
    if (index < 0) return c.json(wecomErrors.argument)
    joinWaysOf(world).splice(index, 1)
    touchWorld(world)
    return c.json(ok)
  })
  app.get('/wwpic/sim-qr/:config', async (c) => {
    const url = new URL('/qun', new URL(c.req.url).origin)
    url.searchParams.set('join', c.req.param('config'))
    const bytes = await QRCode.toBuffer(url.href, { width: 400 })
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/png' })
  })
  return app as unknown as Hono<ProtocolEnv>
}

function present({ chatId, name, owner, version, members }: WecomGroup) {
  return {
    chat_id: chatId,
    name,
    owner,
    member_version: String(version),
    member_list: members.map(({ userid, type, name: nickname, joinTimeMs, state }) => ({
      userid,
      type,
      name: nickname,
      group_nickname: '',
      join_time: Math.floor(joinTimeMs / 1000),
      join_scene: state ? 3 : 1,
      ...(state ? { state } : {}),
    })),
  }
}
