import { Hono } from 'hono'
import QRCode from 'qrcode'
import * as z from 'zod'

import { confirmCode, expireCode, findCode, refuseCode, scanCode } from '@/simulator/login/code'
import type { Simulator } from '@/simulator/protocol/context'
import type { Code } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'
import { presentCode } from '@/simulator/control/present-state'
import { readBody } from '@/simulator/control/read-body'

/** Login codes from the phone's side. */
export function codeRoutes({ world }: Simulator): Hono {
  const app = new Hono()
  const codeOrThrow = (uuid: string): Code => {
    const code = findCode(world, uuid)
    if (!code) throw new WorldError('NOT_FOUND', `there is no code ${uuid}`)
    return code
  }

  app.get('/codes/:uuid', (c) => c.json(presentCode(codeOrThrow(c.req.param('uuid')))))

  app.get('/codes/:uuid/qr.svg', async (c) => {
    const svg = await QRCode.toString(presentCode(codeOrThrow(c.req.param('uuid'))).url, { type: 'svg', margin: 2 })
    return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' })
  })

  app.post('/codes/:uuid/scan', async (c) => {
    const { wxid } = await readBody(c, z.object({ wxid: z.string() }))
    return c.json(presentCode(scanCode(world, { uuid: c.req.param('uuid'), wxid })))
  })

  app.post('/codes/:uuid/confirm', async (c) => {
    const { wxid } = await readBody(c, z.object({ wxid: z.string().optional() }))
    return c.json(presentCode(confirmCode(world, { uuid: c.req.param('uuid'), ...(wxid ? { wxid } : {}) })))
  })

  app.post('/codes/:uuid/refuse', (c) => c.json(presentCode(refuseCode(world, c.req.param('uuid')))))
  app.post('/codes/:uuid/expire', (c) => c.json(presentCode(expireCode(world, c.req.param('uuid')))))
  return app
}
