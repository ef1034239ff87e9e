import { Hono } from 'hono'
import QRCode from 'qrcode'
import * as z from 'zod'
import { readBody } from '@/simulator/control/read-body'
import {
  callbackShapes,
  findOnlineDevice,
  type GatewayCode,
  type GatewayDevice,
  gatewayOf,
} from '@/simulator/gateway/data'
import {
  confirmGatewayCode,
  dropGatewayDevice,
  endGatewayCode,
  getGatewayCode,
  passGatewayCheck,
  scanGatewayCode,
} from '@/simulator/gateway/login'
import type { Simulator } from '@/simulator/protocol/context'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const maxFlood = 10_000

/** The phone's side of the gateway: scan, checks, confirmation, the end of a session; and callbacks that no event caused. */
export function gatewayControlRoutes(simulator: Simulator): Hono {
  const { world, gateway } = simulator
  const app = new Hono()
  const deviceOf = (wxid: string): GatewayDevice => {
    const device = findOnlineDevice(world, wxid)
    if (!device) throw new WorldError('NOT_FOUND', `${wxid} is not online at the gateway`)
    return device
  }

  app.get('/state', (c) => {
    const { codes, devices, shape } = gatewayOf(world)
    return c.json({
      codes: Object.keys(codes).map((uuid) => presentCode(getGatewayCode(world, uuid))),
      devices: Object.values(devices).map(({ token: _secret, ...device }) => device),
      shape,
    })
  })
  app.get('/codes/:uuid/qr.svg', async (c) => {
    const { uuid } = getGatewayCode(world, c.req.param('uuid'))
    const svg = await QRCode.toString(urlOf(uuid), { type: 'svg', margin: 2 })
    return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' })
  })
  app.post('/codes/:uuid/scan', async (c) => {
    const number = z
      .string()
      .regex(/^\d{1,8}$/)
      .nullable()
      .default(null)
    const body = await readBody(c, z.object({ wxid: z.string(), number, check: z.boolean().default(false) }))
    return c.json(presentCode(scanGatewayCode(world, { uuid: c.req.param('uuid'), ...body })))
  })
  app.post('/codes/:uuid/pass', (c) => c.json(presentCode(passGatewayCheck(world, c.req.param('uuid')))))
  app.post('/codes/:uuid/confirm', (c) => c.json(presentCode(confirmGatewayCode(world, c.req.param('uuid')))))
  app.post('/codes/:uuid/cancel', (c) => c.json(presentCode(endGatewayCode(world, c.req.param('uuid'), 'cancelled'))))
  app.post('/codes/:uuid/expire', (c) => c.json(presentCode(endGatewayCode(world, c.req.param('uuid'), 'expired'))))

  app.post('/accounts/:wxid/drop', async (c) => {
    const body = await readBody(
      c,
      z.object({ canReconnect: z.boolean().default(false), isTold: z.boolean().default(true) }),
    )
    const device = deviceOf(c.req.param('wxid'))
    dropGatewayDevice(world, device, body)
    if (body.isTold) gateway.send(device, { type: 'Offline', data: {} })
    return c.json({})
  })
  app.post('/shape', async (c) => {
    gatewayOf(world).shape = (await readBody(c, z.object({ shape: z.enum(callbackShapes) }))).shape
    touchWorld(world)
    return c.json({})
  })
  app.post('/callbacks', async (c) => {
    const body = await readBody(
      c,
      z.object({ url: z.url(), body: z.string().max(2_000_000), count: z.int().min(1).max(maxFlood).default(1) }),
    )
    const statuses: Record<string, number> = {}
    for (let sent = 0; sent < body.count; sent++) {
      const status = String(await gateway.post(body.url, body.body))
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    return c.json({ statuses })
  })
  app.post('/idle', async (c) => {
    await gateway.idle()
    return c.json({})
  })
  return app
}

const urlOf = (uuid: string) => `http://weixin.qq.com/x/${uuid}`

function presentCode(code: GatewayCode) {
  return { ...code, url: urlOf(code.uuid), qrUrl: `/sim/gateway/codes/${code.uuid}/qr.svg` }
}
