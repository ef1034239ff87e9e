import { Hono } from 'hono'

import { applyFaults } from '@/simulator/faults/apply-faults'
import { WorldError } from '@/simulator/world/world-error'
import { respond, WechatRet } from '@/simulator/protocol/response'
import { loginOfCookies } from '@/simulator/protocol/authenticate'
import { contactRoutes } from '@/simulator/protocol/contact-routes'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { friendRoutes } from '@/simulator/protocol/friend-routes'
import { loginRoutes } from '@/simulator/protocol/login-routes'
import { mediaRoutes } from '@/simulator/protocol/media-routes'
import { roomRoutes } from '@/simulator/protocol/room-routes'
import { sendRoutes } from '@/simulator/protocol/send-routes'
import { syncRoutes } from '@/simulator/protocol/sync-routes'

/** WeChat's web protocol. Every call is recorded, then passes the fault registry, then gets its response. */
export function createProtocol(simulator: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>()

  app.use(async (c, next) => {
    const wxid = loginOfCookies(simulator.world, c)?.wxid ?? null
    const call = simulator.calls.begin({ method: c.req.method, path: c.req.path, wxid })
    c.set('call', call)
    try {
      await next()
      call.status = c.res.status
    } finally {
      call.endedAtMs = Date.now()
    }
  })
  app.use(applyFaults(simulator))

  const parts = [loginRoutes, contactRoutes, syncRoutes, sendRoutes, mediaRoutes, roomRoutes, friendRoutes]
  for (const part of parts) app.route('/', part(simulator))

  app.get('/mmemoji/:mediaId', (c) => {
    const mediaId = c.req.param('mediaId')
    const media = Object.hasOwn(simulator.world.data.media, mediaId) ? simulator.world.data.media[mediaId] : undefined
    const bytes = media && simulator.world.media.get(mediaId)
    return bytes ? c.body(new Uint8Array(bytes), 200, { 'Content-Type': media.contentType }) : c.body(null, 404)
  })

  app.onError((error, c) => {
    if (error instanceof WechatRet) return respond(c, {}, error.ret, error.message)
    if (error instanceof WorldError) return respond(c, {}, 1, error.message)
    throw error
  })
  return app
}
