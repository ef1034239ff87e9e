import { Hono } from 'hono'

import { gatewayControlRoutes } from '@/simulator/gateway/control-routes'
import { ilinkControlRoutes } from '@/simulator/ilink/control-routes'
import type { Simulator } from '@/simulator/protocol/context'
import { accountRoutes } from '@/simulator/control/account-routes'
import { chatRoutes } from '@/simulator/control/chat-routes'
import { codeRoutes } from '@/simulator/control/code-routes'
import { eventStream } from '@/simulator/control/event-stream'
import { faultRoutes } from '@/simulator/control/fault-routes'
import { guardOrigin } from '@/simulator/control/guard-origin'
import { presentState } from '@/simulator/control/present-state'
import { wecomControlRoutes } from '@/simulator/wecom/control-routes'
import { roomRoutes } from '@/simulator/control/room-routes'

/** The control API under /sim: simulates the phones and all other people. Reference: simulator/README.md. */
export function createControl(simulator: Simulator): Hono {
  const app = new Hono()
  app.use(guardOrigin())
  app.use(async (c, next) => {
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
  })
  app.get('/state', (c) => c.json(presentState(simulator.world)))
  app.get('/events', eventStream(simulator))
  app.route('/gateway', gatewayControlRoutes(simulator))
  app.route('/ilink', ilinkControlRoutes(simulator))
  app.route('/wecom', wecomControlRoutes(simulator))
  for (const part of [codeRoutes, accountRoutes, roomRoutes, chatRoutes, faultRoutes]) app.route('/', part(simulator))
  return app
}
