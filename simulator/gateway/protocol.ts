import { type Context, Hono } from 'hono'
import { applyFaults } from '@/simulator/faults/apply-faults'
import { contactCalls } from '@/simulator/gateway/contact-calls'
import type { GatewayDevice } from '@/simulator/gateway/data'
import { GatewayRefusal, type GatewayCall } from '@/simulator/gateway/gateway-call'
import { groupCalls } from '@/simulator/gateway/group-calls'
import { getGatewayDevice } from '@/simulator/gateway/login'
import { loginCalls } from '@/simulator/gateway/login-calls'
import { messageCalls } from '@/simulator/gateway/message-calls'
import { writeGatewayJson } from '@/simulator/gateway/wire-json'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { WorldError } from '@/simulator/world/world-error'

/** Tokens that the simulator accepts. */
const knownToken = /^sim-[\w-]{1,100}$/
const withoutDevice = new Set(['login/getLoginQrCode', 'login/setCallback', 'tools/setCallback'])
const whileOffline = new Set(['login/checkLogin', 'login/checkOnline', 'login/reconnection', 'login/logout'])

const calls: Record<string, GatewayCall> = { ...loginCalls, ...contactCalls, ...groupCalls, ...messageCalls }

/** A gateway in GeWe's wire format: one POST per call, `ret` 500 with HTTP 200 for a refusal. Paths: `/gewe/v2/api` and `/v2/api`. */
export function createGatewayProtocol(simulator: Simulator): Hono<ProtocolEnv> {
  const { world } = simulator
  const app = new Hono<ProtocolEnv>()
  const reply = (c: Context, value: unknown) =>
    c.body(writeGatewayJson(value), 200, { 'Content-Type': 'application/json; charset=UTF-8' })
  const refuse = (c: Context, code: string, msg: string) => reply(c, { ret: 500, msg: '操作失败', data: { code, msg } })

  for (const prefix of ['/gewe/v2/api', '/v2/api']) {
    app.use(`${prefix}/*`, async (c, next) => {
      const body = await readObject(c)
      const call = simulator.calls.begin({ method: c.req.method, path: c.req.path, wxid: wxidOf(body) })
      c.set('call', call)
      await next()
      Object.assign(call, { status: c.res.status, endedAtMs: Date.now() })
    })
    app.use(`${prefix}/*`, applyFaults(simulator))
    app.post(`${prefix}/:group/:name`, async (c) => {
      const name = `${c.req.param('group')}/${c.req.param('name')}`
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined
      if (!call) return c.json({ ret: 404, msg: 'not found' }, 404)
      const token = c.req.header('x-gewe-token') ?? c.req.header('videosapi-token') ?? ''
      if (!knownToken.test(token)) return refuse(c, '-1', 'token不合法')
      try {
        const body = await readObject(c)
        const device = withoutDevice.has(name) ? null : deviceOf(body, token)
        if (device && !device.isOnline && !whileOffline.has(name)) return refuse(c, '-2', '设备不在线')
        const origin = new URL(c.req.url).origin
        return reply(c, { ret: 200, msg: '操作成功', data: await call({ simulator, token, device, body, origin }) })
      } catch (error) {
        if (error instanceof GatewayRefusal) return refuse(c, error.code, error.message)
        if (error instanceof WorldError) return refuse(c, '-4', error.message)
        throw error
      }
    })
  }
  app.get('/gateway-files/:mediaId', (c) => {
    const bytes = world.media.get(c.req.param('mediaId'))
    return bytes ? c.body(new Uint8Array(bytes)) : c.notFound()
  })
  return app

  function deviceOf(body: Record<string, unknown>, token: string): GatewayDevice {
    return getGatewayDevice(world, { appId: appIdOf(body), token })
  }

  function wxidOf(body: Record<string, unknown>): string | null {
    const devices = world.data.gateway?.devices ?? {}
    const appId = appIdOf(body)
    return Object.hasOwn(devices, appId) ? (devices[appId]?.wxid ?? null) : null
  }
}

function appIdOf({ appId }: Record<string, unknown>): string {
  return typeof appId === 'string' ? appId : ''
}

async function readObject(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => null)
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
