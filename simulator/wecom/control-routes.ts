import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { readBody } from '@/simulator/control/read-body'
import type { Simulator } from '@/simulator/protocol/context'
import { saveCallback } from '@/simulator/wecom/callback'
import {
  type CustomerMessage,
  endSession,
  enterSession,
  redeliverToAccount,
  takeOver,
  writeAsEmployee,
  writeToAccount,
} from '@/simulator/wecom/customers'
import { wecomGroupControl } from '@/simulator/wecom/group-control'
import { externalIdOf, type WecomItem, type WecomSent, wecomOf } from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { touchWorld } from '@/simulator/world/world'

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))
const written = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1).max(100_000) }),
  z.object({ type: z.enum(['image', 'voice', 'video', 'file']), bytesBase64: base64 }),
  z.object({ type: z.literal('wire'), msgtype: z.string().max(40), content: z.record(z.string(), z.unknown()) }),
])
const settings = z.object({
  secret: z.string().optional(),
  isIpRefused: z.boolean().optional(),
  visibleCount: z.number().int().min(0).optional(),
  servicers: z.array(z.object({ userid: z.string().max(64), isOnDuty: z.boolean() })).optional(),
  callbackFaults: z
    .object({
      lossRate: z.number().min(0).max(1).default(0),
      repeats: z.number().int().min(0).max(5).default(0),
      maxDelayMs: z.number().int().min(0).max(10_000).default(0),
    })
    .optional(),
  failNextSends: z.object({ count: z.number().int().min(0), failType: z.number().int() }).optional(),
})

/** The customers' and the employee's side of WeCom, its console, its clock and its faults. */
export function wecomControlRoutes({ world }: Simulator): Hono {
  const app = new Hono()
  const placeOf = (c: Context) => ({ openKfId: c.req.param('account') ?? '', wxid: c.req.param('wxid') ?? '' })

  app.get('/state', (c) => {
    const { corpId, secret, agentId, accounts, conversations, callback, callbackCounts, clockOffsetMs } = wecomOf(world)
    const people = Object.values(world.data.people).map(({ wxid, nickname }) => ({
      wxid,
      nickname,
      externalId: externalIdOf(wxid),
    }))
    return c.json({ corpId, secret, agentId, accounts, conversations, callback, callbackCounts, clockOffsetMs, people })
  })
  app.post('/accounts', async (c) => {
    const { name } = await readBody(c, z.object({ name: z.string().min(1).max(16) }))
    const account = { openKfId: `wk${randomHex(12)}`, name, canManage: true }
    wecomOf(world).accounts.push(account)
    touchWorld(world)
    return c.json(account)
  })
  app.post('/accounts/:account', async (c) => {
    const { canManage } = await readBody(c, z.object({ canManage: z.boolean() }))
    for (const account of wecomOf(world).accounts)
      if (account.openKfId === c.req.param('account')) account.canManage = canManage
    touchWorld(world)
    return c.json({})
  })
  /** What an administrator does in the console: saving verifies the URL. */
  app.post('/callback', async (c) => {
    const callback = z.object({ url: z.url(), token: z.string().min(1), aesKey: z.string().length(43) })
    await saveCallback(world, await readBody(c, callback))
    return c.json({})
  })
  app.post('/settings', async (c) => {
    const changed = await readBody(c, settings)
    Object.assign(
      wecomOf(world),
      Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)),
    )
    touchWorld(world)
    return c.json({})
  })
  app.post('/tokens/expire', (c) => {
    for (const token of wecomOf(world).accessTokens) token.expiresAtMs = 0
    return c.json({})
  })
  app.post('/clock', async (c) => {
    const ahead = z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400_000)
    wecomOf(world).clockOffsetMs += (await readBody(c, z.object({ aheadMs: ahead }))).aheadMs
    touchWorld(world)
    return c.json({ clockOffsetMs: wecomOf(world).clockOffsetMs })
  })

  const chat = '/accounts/:account/people/:wxid'
  app.post(`${chat}/messages`, async (c) => {
    const { bytesBase64: bytes, ...body } = (await readBody(c, written)) as { bytesBase64?: Buffer }
    const { body: item } = await writeToAccount(world, placeOf(c), { ...body, bytes } as CustomerMessage)
    return c.json({ msgid: item.msgid })
  })
  app.get(`${chat}/messages`, (c) => {
    const { openKfId, wxid } = placeOf(c)
    const { items, sent } = wecomOf(world)
    const isHere = (entry: { openKfId: string; wxid: string }) => entry.openKfId === openKfId && entry.wxid === wxid
    const entries = items.filter((item) => isHere(item) && item.body['origin'] === 3).map(presentOwn)
    // The customer's phone shows a message once, however often the stream has it.
    const own = new Map(entries.map((message) => [message.id, message])).values()
    const received = sent.filter((message) => isHere(message) && message.isDelivered).map(presentSent)
    return c.json({ messages: [...own, ...received].sort((left, right) => left.atMs - right.atMs) })
  })
  app.post(`${chat}/redeliver`, (c) => {
    redeliverToAccount(world, placeOf(c))
    return c.json({})
  })
  app.post(`${chat}/enter`, async (c) => {
    enterSession(world, placeOf(c), await readBody(c, z.object({ sceneParam: z.string().max(200).optional() })))
    return c.json({})
  })
  app.post(`${chat}/take-over`, (c) => {
    takeOver(world, placeOf(c), 'ZhangSan')
    return c.json({})
  })
  app.post(`${chat}/reply`, async (c) => {
    writeAsEmployee(world, placeOf(c), (await readBody(c, z.object({ text: z.string().min(1).max(2000) }))).text)
    return c.json({})
  })
  app.post(`${chat}/end`, (c) => {
    endSession(world, placeOf(c))
    return c.json({})
  })
  app.route('/groups', wecomGroupControl(world))
  return app

  function presentOwn({ body, atMs }: WecomItem) {
    const content = body[body.msgtype] as { content?: string; media_id?: string } | undefined
    const mediaId = content?.media_id ? wecomOf(world).media[content.media_id] : undefined
    return {
      id: body.msgid,
      from: 'customer',
      text: content?.content ?? null,
      mediaUrl: mediaId ? `/sim/media/${mediaId}` : null,
      atMs,
    }
  }
}

function presentSent({ msgid, by, text, mediaId, fileName = null, atMs }: WecomSent) {
  return { id: msgid, from: by, text, mediaUrl: mediaId ? `/sim/media/${mediaId}` : null, fileName, atMs }
}
