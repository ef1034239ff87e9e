import { Hono } from 'hono'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { wecomOf } from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { storeMedia } from '@/simulator/world/store-media'
import { touchWorld } from '@/simulator/world/world'

const maxBytes = { image: 10 * 1024 * 1024, file: 20 * 1024 * 1024 }
/** Smaller uploads are refused. */
const minBytes = 6

/** Temporary media: upload by the app, download by the app. */
export function wecomMediaRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>()

  app.post('/cgi-bin/media/upload', async (c) => {
    const file = (await c.req.parseBody().catch(() => ({})))['media' as never] as unknown
    if (!(file instanceof File)) return c.json({ errcode: 41005, errmsg: 'media data missing' })
    const type = c.req.query('type') === 'file' ? 'file' : 'image'
    if (file.size > maxBytes[type] || file.size < minBytes)
      return c.json({ errcode: 40006, errmsg: 'invalid media size' })
    const mediaId = `up_${randomHex(16)}`
    const wecom = wecomOf(world)
    wecom.fileNames ??= {}
    wecom.fileNames[mediaId] = file.name
    wecom.media[mediaId] = await storeMedia(world, { bytes: Buffer.from(await file.arrayBuffer()) })
    touchWorld(world)
    const createdAt = String(Math.floor(Date.now() / 1000))
    return c.json({ errcode: 0, errmsg: 'ok', type, media_id: mediaId, created_at: createdAt })
  })

  app.get('/cgi-bin/media/get', (c) => {
    const { media } = wecomOf(world)
    const mediaId = c.req.query('media_id') ?? ''
    const stored = Object.hasOwn(media, mediaId) ? media[mediaId] : undefined
    const bytes = stored && world.media.get(stored)
    if (!stored || !bytes) return c.json({ errcode: 40007, errmsg: 'invalid media_id' })
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': world.data.media[stored]?.contentType ?? 'application/octet-stream',
    })
  })
  return app
}
