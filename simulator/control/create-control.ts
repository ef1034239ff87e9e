import { Hono } from 'hono'

import type { Simulator } from '../protocol/context'
import { accountRoutes } from './account-routes'
import { chatRoutes } from './chat-routes'
import { codeRoutes } from './code-routes'
import { eventStream } from './event-stream'
import { faultRoutes } from './fault-routes'
import { guardOrigin } from './guard-origin'
import { presentState } from './present-state'
import { roomRoutes } from './room-routes'

/** The control API under /sim: it plays the phones, and everybody else. The README beside it is its reference. */
export function createControl(simulator: Simulator): Hono {
  const app = new Hono()
  app.use(guardOrigin())
  app.use(async (c, next) => {
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
  })
  app.get('/state', (c) => c.json(presentState(simulator.world)))
  app.get('/events', eventStream(simulator))
  for (const part of [codeRoutes, accountRoutes, roomRoutes, chatRoutes, faultRoutes]) app.route('/', part(simulator))
  return app
}
