import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { applyFaults } from '@/simulator/faults/apply-faults'
import { waitFor } from '@/simulator/login/wait-for'
import { clientSignal, type ProtocolEnv, type Simulator } from '@/simulator/protocol/context'
import { randomHex } from '@/simulator/world/random'
import { type IlinkBot, ilinkOf, personIdOf } from '@/simulator/ilink/data'
import { fileRoutes } from '@/simulator/ilink/file-routes'
import { checkIlinkNumber, createIlinkCode, getIlinkCode } from '@/simulator/ilink/login'
import { isWindowOpen, writeToPerson } from '@/simulator/ilink/messages'
import { writeWireJson } from '@/simulator/ilink/wire-json'

/** Return codes for an invalid token and for a message outside the reply window. */
const deadToken = { ret: -14, errcode: -14, errmsg: 'session timeout' }
const limited = { ret: -2, errmsg: 'rate limited' }
const maxPerPoll = 50

const outgoing = z.object({
  msg: z.object({
    to_user_id: z.string(),
    client_id: z.string().default(''),
    context_token: z.string().default(''),
    item_list: z.array(z.looseObject({ type: z.number() })).length(1),
  }),
})

type BotContext = Context<ProtocolEnv & { Variables: { bot: IlinkBot; body: unknown } }>

/** The iLink bot API: QR code login, long poll, sends and the CDN. */
export function createIlinkProtocol(simulator: Simulator): Hono<ProtocolEnv> {
  const { world, pollHoldMs } = simulator
  const app = new Hono<ProtocolEnv & { Variables: { bot: IlinkBot; body: unknown } }>()
  const reply = (c: Context, value: unknown) =>
    c.body(writeWireJson(value), 200, { 'Content-Type': 'application/json' })

  for (const path of ['/ilink/*', '/c2c/*']) {
    app.use(path, async (c, next) => {
      const call = simulator.calls.begin({ method: c.req.method, path: c.req.path, wxid: findBot(c)?.wxid ?? null })
      c.set('call', call)
      await next()
      Object.assign(call, { status: c.res.status, endedAtMs: Date.now() })
    })
    app.use(path, applyFaults(simulator))
  }

  app.post('/ilink/bot/get_bot_qrcode', async (c) => {
    const body = z.object({ local_token_list: z.array(z.string()).max(10).default([]) }).parse(await c.req.json())
    const code = createIlinkCode(world, { localTokens: body.local_token_list })
    return reply(c, {
      ret: 0,
      qrcode: code.qrcode,
      qrcode_img_content: `https://liteapp.weixin.qq.com/q/ilink?qrcode=${code.qrcode}`,
    })
  })

  app.get('/ilink/bot/get_qrcode_status', async (c) => {
    const code = getIlinkCode(world, c.req.query('qrcode') ?? '')
    const number = c.req.query('verify_code')
    const before = code.state
    if (number) checkIlinkNumber(world, code, number)
    else if (before === 'wait' || before === 'scaned')
      await waitFor(world, `ilink code ${code.qrcode}`, { timeoutMs: pollHoldMs, signal: clientSignal(c) })
    const { state, redirectHost } = getIlinkCode(world, code.qrcode)
    if (state === 'confirmed') return reply(c, confirmation(c, code.token, code.localTokens))
    if (state === 'scaned' && redirectHost) {
      code.redirectHost = null
      return reply(c, { status: 'scaned_but_redirect', redirect_host: redirectHost })
    }
    return reply(c, { status: state })
  })

  app.use('/ilink/bot/*', async (c, next) => {
    const bot = findBot(c)
    if (!bot?.isAlive) return reply(c, deadToken)
    c.set('bot', bot)
    c.set('body', await c.req.json().catch(() => ({})))
    return next()
  })
  app.post('/ilink/bot/msg/notifystart', (c) => reply(c, setStarted(c, true)))
  app.post('/ilink/bot/msg/notifystop', (c) => reply(c, setStarted(c, false)))
  app.post('/ilink/bot/getconfig', (c) =>
    reply(c, { ret: 0, typing_ticket: Buffer.from(randomHex(8)).toString('base64') }),
  )
  app.post('/ilink/bot/sendtyping', (c) => reply(c, { ret: 0 }))

  app.post('/ilink/bot/getupdates', async (c) => {
    const bot = c.get('bot')
    if (bot.headSeq === bot.deliveredSeq)
      await waitFor(world, `ilink ${bot.botId}`, { timeoutMs: pollHoldMs, signal: clientSignal(c) })
    return reply(c, bot.isAlive ? takeUpdates(bot) : deadToken)
  })

  app.post('/ilink/bot/sendmessage', async (c) => {
    const bot = c.get('bot')
    const parsed = outgoing.safeParse(c.get('body'))
    if (!parsed.success || parsed.data.msg.to_user_id !== personIdOf(bot.wxid))
      return reply(c, { ret: -1, errmsg: 'invalid request' })
    if (!isWindowOpen(world, bot)) return reply(c, limited)
    const { item_list, client_id, context_token } = parsed.data.msg
    const [item = { type: 0 }] = item_list
    const { id } = await writeToPerson(world, bot, { item, clientId: client_id, contextToken: context_token })
    return reply(c, { ret: 0, errmsg: '', message_id: id })
  })
  app.route('/', fileRoutes(simulator))
  return app as unknown as Hono<ProtocolEnv>

  function findBot(c: Context): IlinkBot | undefined {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    return token ? ilinkOf(world).bots.find((bot) => bot.token === token) : undefined
  }

  function setStarted(c: BotContext, isStarted: boolean) {
    c.get('bot').isStarted = isStarted
    return { ret: 0, errmsg: '' }
  }

  /** Returns undelivered messages and marks them as delivered; ignores the client's cursor. */
  function takeUpdates(bot: IlinkBot) {
    const due = ilinkOf(world).messages.filter(
      ({ botId, from, seq }) => botId === bot.botId && from === 'person' && seq > bot.deliveredSeq,
    )
    const msgs = due.slice(0, maxPerPoll)
    bot.deliveredSeq = msgs.at(-1)?.seq ?? bot.headSeq
    return {
      ret: 0,
      msgs: msgs.map((message) => ({
        message_id: message.id,
        seq: message.seq,
        client_id: message.clientId,
        from_user_id: personIdOf(bot.wxid),
        to_user_id: bot.botId,
        create_time_ms: message.atMs,
        message_type: 1,
        message_state: 2,
        context_token: message.contextToken,
        item_list: message.items,
      })),
      get_updates_buf: Buffer.from(String(bot.deliveredSeq)).toString('base64'),
      longpolling_timeout_ms: 35_000,
    }
  }

  /** `token` null: the person is already bound to a token that the client holds. */
  function confirmation(c: Context, token: string | null, localTokens: string[]) {
    const bot = ilinkOf(world).bots.find((known) => (token ? known.token === token : localTokens.includes(known.token)))
    if (!token) return { status: 'binded_redirect' }
    return {
      status: 'confirmed',
      bot_token: token,
      ilink_bot_id: bot?.botId,
      ilink_user_id: personIdOf(bot?.wxid ?? ''),
      baseurl: new URL(c.req.url).origin,
    }
  }
}
