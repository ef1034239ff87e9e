import { Hono } from 'hono'
import * as z from 'zod'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { randomHex } from '@/simulator/world/random'
import { ilinkOf } from '@/simulator/ilink/data'

const maxFileBytes = 20 * 1024 * 1024
const uploadOrder = z.object({
  filekey: z.string().regex(/^[0-9a-f]{32}$/),
  media_type: z.number().int().min(1).max(4),
  rawsize: z.number().int().min(1).max(maxFileBytes),
  filesize: z.number().int(),
  aeskey: z.string().regex(/^[0-9a-f]{32}$/),
})

/** The CDN: accepts encrypted uploads that were requested before, and serves them by their parameter. */
export function fileRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>()
  const orders = new Map<string, z.output<typeof uploadOrder>>()

  app.post('/ilink/bot/getuploadurl', async (c) => {
    const order = uploadOrder.safeParse(await c.req.json())
    if (!order.success) return c.json({ ret: -1, errmsg: 'invalid upload' })
    const param = randomHex(24)
    orders.set(param, order.data)
    return c.json({ ret: 0, upload_param: param })
  })

  app.post('/c2c/upload', async (c) => {
    const param = c.req.query('encrypted_query_param') ?? ''
    const order = orders.get(param)
    const bytes = Buffer.from(await c.req.arrayBuffer())
    const refusal =
      order?.filekey !== c.req.query('filekey')
        ? 'unknown upload'
        : order && bytes.length !== order.filesize
          ? 'wrong size'
          : null
    if (!order || refusal) return c.body(null, 400, { 'x-error-message': refusal ?? 'unknown upload' })
    orders.delete(param)
    const download = randomHex(24)
    ilinkOf(world).files[download] = { bytesBase64: bytes.toString('base64'), aesKeyHex: order.aeskey }
    return c.body(null, 200, { 'x-encrypted-param': download })
  })

  app.get('/c2c/download', (c) => {
    const { files } = ilinkOf(world)
    const param = c.req.query('encrypted_query_param') ?? ''
    const file = Object.hasOwn(files, param) ? files[param] : undefined
    if (!file) return c.body(null, 404, { 'x-error-message': 'unknown file' })
    return c.body(new Uint8Array(Buffer.from(file.bytesBase64, 'base64')), 200, {
      'Content-Type': 'application/octet-stream',
    })
  })
  return app
}
