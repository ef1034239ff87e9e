import { Hono } from 'hono'
import * as z from 'zod'
import { applyFaults } from '@/simulator/faults/apply-faults'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { appendEvent } from '@/simulator/wecom/customers'
import {
  conversationOf,
  externalIdOf,
  isOnDuty,
  serviceStates,
  wecomNowMs,
  wecomOf,
  wxidOf,
} from '@/simulator/wecom/data'
import { wecomGroupRoutes } from '@/simulator/wecom/group-routes'
import { wecomMediaRoutes } from '@/simulator/wecom/media-routes'
import { sendFromAccount, sendOnEvent, wecomErrors } from '@/simulator/wecom/send'
import { randomHex } from '@/simulator/world/random'
import { touchWorld } from '@/simulator/world/world'

const tokenLifeMs = 7200_000
const itemLifeSeconds = 3 * 86_400
const maxPerSync = 1000
const paths = ['/cgi-bin/gettoken', '/cgi-bin/kf/*', '/cgi-bin/externalcontact/*', '/cgi-bin/media/*']

const syncRequest = z.object({
  cursor: z.string().max(64).default(''),
  token: z.string().max(128).default(''),
  limit: z.number().int().min(1).max(maxPerSync).default(maxPerSync),
  open_kfid: z.string().optional(),
})
const place = z.object({ open_kfid: z.string(), external_userid: z.string() })
const change = place.extend({ service_state: z.number().int(), servicer_userid: z.string().optional() })

/** Allowed changes of a conversation's state. */
const allowedChanges: Record<number, number[]> = { 0: [1, 2, 3], 1: [2, 3], 2: [3], 3: [3, 4], 4: [] }

/** WeCom's API for 微信客服: access token, accounts, stream, sends, service states, customers and media. */
export function createWecomProtocol(simulator: Simulator): Hono<ProtocolEnv> {
  const { world } = simulator
  const app = new Hono<ProtocolEnv & { Variables: { body: unknown } }>()

  for (const path of paths) {
    app.use(path, async (c, next) => {
      const call = simulator.calls.begin({ method: c.req.method, path: c.req.path, wxid: null })
      c.set('call', call)
      await next()
      Object.assign(call, { status: c.res.status, endedAtMs: Date.now() })
    })
    app.use(path, applyFaults(simulator))
  }

  app.get('/cgi-bin/gettoken', (c) => {
    const data = wecomOf(world)
    if (c.req.query('corpid') !== data.corpId) return c.json({ errcode: 40013, errmsg: 'invalid corpid' })
    if (c.req.query('corpsecret') !== data.secret) return c.json({ errcode: 40001, errmsg: 'invalid credential' })
    data.accessTokens = data.accessTokens.filter(({ expiresAtMs }) => expiresAtMs > Date.now())
    let [current] = data.accessTokens
    if (!current) {
      current = { token: randomHex(40), expiresAtMs: Date.now() + tokenLifeMs }
      data.accessTokens.push(current)
    }
    touchWorld(world)
    const expiresIn = Math.max(1, Math.floor((current.expiresAtMs - Date.now()) / 1000))
    return c.json({ errcode: 0, errmsg: 'ok', access_token: current.token, expires_in: expiresIn })
  })

  for (const path of paths.slice(1)) {
    app.use(path, async (c, next) => {
      const data = wecomOf(world)
      const token = c.req.query('access_token') ?? ''
      const known = data.accessTokens.find((candidate) => candidate.token === token)
      if (!known) return c.json({ errcode: 40014, errmsg: 'invalid access_token' })
      if (known.expiresAtMs <= Date.now()) return c.json({ errcode: 42001, errmsg: 'access_token expired' })
      if (data.isIpRefused)
        return c.json({ errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 203.0.113.7' })
      if (!c.req.path.startsWith('/cgi-bin/media/')) c.set('body', await c.req.json().catch(() => ({})))
      return next()
    })
  }

  app.on(['GET', 'POST'], '/cgi-bin/kf/account/list', (c) => {
    const { offset, limit } = z
      .object({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(100).default(100) })
      .parse(c.get('body') ?? {})
    const list = wecomOf(world).accounts.slice(offset, offset + limit)
    return c.json({
      errcode: 0,
      errmsg: 'ok',
      account_list: list.map(({ openKfId, name, canManage }) => ({
        open_kfid: openKfId,
        name,
        avatar: '',
        manage_privilege: canManage,
      })),
    })
  })
  app.post('/cgi-bin/kf/account/add', (c) => {
    const body = z.object({ name: z.string().min(1).max(16), media_id: z.string() }).safeParse(c.get('body'))
    if (!body.success || !Object.hasOwn(wecomOf(world).media, body.data.media_id)) return c.json(wecomErrors.argument)
    const openKfId = `wk${randomHex(12)}`
    wecomOf(world).accounts.push({ openKfId, name: body.data.name, canManage: true })
    touchWorld(world)
    return c.json({ errcode: 0, errmsg: 'ok', open_kfid: openKfId })
  })
  app.post('/cgi-bin/kf/add_contact_way', (c) => {
    const body = z.object({ open_kfid: z.string(), scene: z.string().max(32).optional() }).safeParse(c.get('body'))
    if (!body.success || !hasAccount(body.data.open_kfid)) return c.json(wecomErrors.unknownAccount)
    const url = new URL('/kf', new URL(c.req.url).origin)
    url.searchParams.set('account', body.data.open_kfid)
    return c.json({ errcode: 0, errmsg: 'ok', url: url.href })
  })

  app.post('/cgi-bin/kf/sync_msg', (c) => {
    const { data: request } = syncRequest.safeParse(c.get('body'))
    if (!request) return c.json(wecomErrors.argument)
    const { items, syncTokens } = wecomOf(world)
    if (request.open_kfid !== undefined && !hasAccount(request.open_kfid)) return c.json(wecomErrors.unknownAccount)
    if (request.token && !((syncTokens[request.token] ?? 0) > wecomNowMs(world)))
      return c.json({ errcode: 95007, errmsg: 'invalid msg token' })
    const after = request.cursor ? Number(Buffer.from(request.cursor, 'base64url').toString()) : 0
    if (!Number.isInteger(after)) return c.json(wecomErrors.argument)
    const oldest = wecomNowMs(world) / 1000 - itemLifeSeconds
    const due = items.filter(
      ({ seq, openKfId, body }) =>
        seq > after && body.send_time >= oldest && (!request.open_kfid || openKfId === request.open_kfid),
    )
    const page = due.slice(0, request.limit)
    const cursor = Buffer.from(String(page.at(-1)?.seq ?? after)).toString('base64url')
    return c.json({
      errcode: 0,
      errmsg: 'ok',
      next_cursor: cursor,
      has_more: due.length > page.length ? 1 : 0,
      msg_list: page.map(({ body }) => body),
    })
  })
  app.post('/cgi-bin/kf/send_msg', (c) => c.json(sendFromAccount(world, c.get('body'))))
  app.post('/cgi-bin/kf/send_msg_on_event', (c) => c.json(sendOnEvent(world, c.get('body'))))

  app.post('/cgi-bin/kf/service_state/get', (c) => {
    const found = findConversation(place.safeParse(c.get('body')).data)
    if (!found) return c.json(wecomErrors.argument)
    const servicer = found.servicerUserId ? { servicer_userid: found.servicerUserId } : {}
    return c.json({ errcode: 0, errmsg: 'ok', service_state: found.state, ...servicer })
  })
  app.post('/cgi-bin/kf/service_state/trans', (c) => {
    const { data: request } = change.safeParse(c.get('body'))
    const found = findConversation(request)
    if (!request || !found || !allowedChanges[found.state]?.includes(request.service_state))
      return c.json(wecomErrors.argument)
    if (request.service_state === serviceStates.servicer && !isOnDuty(world, request.servicer_userid))
      return c.json(wecomErrors.servicer)
    const old = found.servicerUserId
    const { openKfId, wxid } = found
    Object.assign(found, { state: request.service_state, servicerUserId: request.servicer_userid ?? null })
    if (request.service_state >= serviceStates.servicer)
      appendEvent(
        world,
        { openKfId, wxid },
        {
          event_type: 'session_status_change',
          change_type: request.service_state === serviceStates.ended ? 3 : old ? 2 : 1,
          ...(old ? { old_servicer_userid: old } : {}),
          ...(request.servicer_userid ? { new_servicer_userid: request.servicer_userid } : {}),
        },
      )
    touchWorld(world)
    return c.json({ errcode: 0, errmsg: 'ok', msg_code: randomHex(8) })
  })

  app.post('/cgi-bin/kf/customer/batchget', (c) => {
    const { data } = z.object({ external_userid_list: z.array(z.string()).max(100) }).safeParse(c.get('body'))
    if (!data) return c.json(wecomErrors.argument)
    const known = data.external_userid_list.flatMap((id) => wxidOf(world, id) ?? [])
    return c.json({
      errcode: 0,
      errmsg: 'ok',
      customer_list: known.map((wxid) => ({
        external_userid: externalIdOf(wxid),
        nickname: world.data.people[wxid]?.nickname ?? '',
        avatar: '',
        gender: world.data.people[wxid]?.sex ?? 0,
      })),
      invalid_external_userid: data.external_userid_list.filter((id) => !wxidOf(world, id)),
    })
  })
  app.route('/', wecomGroupRoutes(simulator) as unknown as Hono<ProtocolEnv & { Variables: { body: unknown } }>)
  app.route('/', wecomMediaRoutes(simulator) as unknown as Hono<ProtocolEnv & { Variables: { body: unknown } }>)
  return app as unknown as Hono<ProtocolEnv>

  function hasAccount(openKfId: string): boolean {
    return wecomOf(world).accounts.some((account) => account.openKfId === openKfId)
  }

  function findConversation(request: z.output<typeof place> | undefined) {
    const wxid = request && wxidOf(world, request.external_userid)
    return request && wxid && hasAccount(request.open_kfid)
      ? conversationOf(world, { openKfId: request.open_kfid, wxid })
      : null
  }
}
