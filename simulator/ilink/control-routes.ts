import { Hono } from 'hono'
import QRCode from 'qrcode'
import * as z from 'zod'
import { readBody } from '@/simulator/control/read-body'
import type { Simulator } from '@/simulator/protocol/context'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'
import { type IlinkBot, type IlinkCode, type IlinkMessage, ilinkOf } from '@/simulator/ilink/data'
import { confirmIlinkCode, endIlinkBot, expireIlinkCode, getIlinkCode, scanIlinkCode } from '@/simulator/ilink/login'
import { isWindowOpen, type PersonMessage, redeliver, writeToBot } from '@/simulator/ilink/messages'

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))
const written = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1).max(100_000), quotedId: z.string().optional() }),
  z.object({ type: z.literal('image'), bytesBase64: base64 }),
  z.object({ type: z.literal('file'), bytesBase64: base64, fileName: z.string().min(1).max(255) }),
  z.object({ type: z.literal('voice'), bytesBase64: base64, transcript: z.string().default('') }),
])

/**
 * Returns the routes with which a test acts as the person in iLink: scan and confirm a code, set the number that the phone shows, send messages,
 * and advance the clock of the reply window.
 */
export function ilinkControlRoutes({ world }: Simulator): Hono {
  const app = new Hono()
  const botOf = (wxid: string): IlinkBot => {
    const bot = ilinkOf(world).bots.find((known) => known.wxid === wxid && known.isAlive)
    if (!bot) throw new WorldError('NOT_FOUND', `${wxid} has no bot`)
    return bot
  }
  const presentBot = ({ token: _secret, ...bot }: IlinkBot) => ({
    ...bot,
    isWindowOpen: isWindowOpen(world, bot),
  })

  app.get('/state', (c) => {
    const { codes, bots, clockOffsetMs } = ilinkOf(world)
    const current = Object.keys(codes).map((qrcode) => presentCode(getIlinkCode(world, qrcode)))
    return c.json({ codes: current, bots: bots.map(presentBot), clockOffsetMs })
  })
  app.get('/codes/:qrcode/qr.svg', async (c) => {
    const { qrcode } = getIlinkCode(world, c.req.param('qrcode'))
    const svg = await QRCode.toString(urlOf(qrcode), { type: 'svg', margin: 2 })
    return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' })
  })
  app.post('/codes/:qrcode/scan', async (c) => {
    const scan = z.object({
      wxid: z.string(),
      number: z
        .string()
        .regex(/^\d{1,8}$/)
        .optional(),
      redirectHost: z.string().max(100).optional(),
    })
    const body = await readBody(c, scan)
    return c.json(presentCode(scanIlinkCode(world, { qrcode: c.req.param('qrcode'), ...body })))
  })
  app.post('/codes/:qrcode/confirm', (c) => c.json(presentCode(confirmIlinkCode(world, c.req.param('qrcode')))))
  app.post('/codes/:qrcode/expire', (c) => c.json(presentCode(expireIlinkCode(world, c.req.param('qrcode')))))

  app.post('/people/:wxid/messages', async (c) => {
    const { bytesBase64: bytes, ...body } = (await readBody(c, written)) as { bytesBase64?: Buffer }
    return c.json(
      presentMessage(await writeToBot(world, botOf(c.req.param('wxid')), { ...body, bytes } as PersonMessage)),
    )
  })
  app.get('/people/:wxid/messages', (c) => {
    const { bots, messages } = ilinkOf(world)
    // The phone keeps the chat after the bot's token has ended.
    const bot = bots.findLast((known) => known.wxid === c.req.param('wxid'))
    return c.json({ messages: messages.filter(({ botId }) => botId === bot?.botId).map(presentMessage) })
  })
  /** Delivers all messages of the person once more with the next poll. */
  app.post('/people/:wxid/redeliver', (c) => {
    redeliver(world, botOf(c.req.param('wxid')))
    return c.json({})
  })
  app.post('/people/:wxid/end', (c) => {
    endIlinkBot(world, botOf(c.req.param('wxid')))
    return c.json({})
  })
  app.post('/clock', async (c) => {
    const { aheadMs } = await readBody(
      c,
      z.object({
        aheadMs: z
          .number()
          .int()
          .min(0)
          .max(30 * 86_400_000),
      }),
    )
    ilinkOf(world).clockOffsetMs += aheadMs
    touchWorld(world)
    return c.json({ clockOffsetMs: ilinkOf(world).clockOffsetMs })
  })
  return app
}

const urlOf = (qrcode: string) => `https://liteapp.weixin.qq.com/q/ilink?qrcode=${qrcode}`

/** Includes the number, because the phone shows it; excludes the tokens, because only protocol messages contain them. */
function presentCode({ localTokens: _own, token: _secret, ...code }: IlinkCode) {
  return { ...code, url: urlOf(code.qrcode), qrUrl: `/sim/ilink/codes/${code.qrcode}/qr.svg` }
}

function presentMessage({ id, from, text, mediaId, fileName, atMs }: IlinkMessage) {
  return { id, from, text, mediaUrl: mediaId ? `/sim/media/${mediaId}` : null, fileName, atMs }
}
