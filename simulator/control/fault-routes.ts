import { Hono } from 'hono'
import * as z from 'zod'

import type { Fault } from '@/simulator/faults/fault-registry'
import { faultKinds } from '@/simulator/faults/fault-registry'
import type { Simulator } from '@/simulator/protocol/context'
import { WorldError } from '@/simulator/world/world-error'
import { readBody } from '@/simulator/control/read-body'

const newFault = z.object({
  path: z.string().min(1),
  kind: z.enum(faultKinds),
  wxid: z.string().optional(),
  times: z.int().min(0).default(1),
  when: z.enum(['before', 'after']).default('before'),
  status: z.int().min(400).max(599).optional(),
  ret: z.int().optional(),
  delayMs: z.int().min(0).optional(),
})

/** Fault injection and the call log. */
export function faultRoutes({ faults, calls }: Simulator): Hono {
  const app = new Hono()

  app.post('/faults', async (c) => c.json(presentFault(faults.add(await readBody(c, newFault)))))
  app.get('/faults', (c) => c.json({ faults: faults.list().map(presentFault) }))
  app.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })

  const known = (id: string, isKnown: boolean) => {
    if (!isKnown) throw new WorldError('NOT_FOUND', `there is no fault ${id}`)
  }
  app.delete('/faults/:id', (c) => {
    known(c.req.param('id'), faults.remove(c.req.param('id')))
    return c.body(null, 204)
  })
  app.post('/faults/:id/release', (c) => {
    known(c.req.param('id'), faults.release(c.req.param('id')))
    return c.body(null, 204)
  })

  app.get('/calls', (c) => {
    const { path, wxid } = c.req.query()
    return c.json({ calls: calls.list({ ...(path ? { path } : {}), ...(wxid ? { wxid } : {}) }) })
  })
  app.delete('/calls', (c) => {
    calls.clear()
    return c.body(null, 204)
  })
  return app
}

function presentFault({ held, ...fault }: Fault) {
  return { ...fault, held: held.size }
}
