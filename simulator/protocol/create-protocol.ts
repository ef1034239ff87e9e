import { Hono } from 'hono'

import { applyFaults } from '../faults/apply-faults'
import { WorldError } from '../world/world-error'
import { answer, WechatRet } from './answer'
import { loginOfCookies } from './authenticate'
import { contactRoutes } from './contact-routes'
import type { ProtocolEnv, Simulator } from './context'
import { friendRoutes } from './friend-routes'
import { loginRoutes } from './login-routes'
import { mediaRoutes } from './media-routes'
import { roomRoutes } from './room-routes'
import { sendRoutes } from './send-routes'
import { syncRoutes } from './sync-routes'

/** WeChat's web protocol: every call is recorded, then meets the faults that were ordered, then is answered. */
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
    if (error instanceof WechatRet) return answer(c, {}, error.ret, error.message)
    if (error instanceof WorldError) return answer(c, {}, 1, error.message)
    throw error
  })
  return app
}
