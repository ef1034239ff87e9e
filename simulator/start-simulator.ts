import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'

import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

import { createControl } from '@/simulator/control/create-control'
import { createFaultRegistry } from '@/simulator/faults/fault-registry'
import { createGatewayProtocol } from '@/simulator/gateway/protocol'
import { startGatewayCallbacks } from '@/simulator/gateway/send-callbacks'
import { createIlinkProtocol } from '@/simulator/ilink/protocol'
import { createCallLog } from '@/simulator/protocol/call-log'
import type { Simulator } from '@/simulator/protocol/context'
import { createModel } from '@/simulator/model'
import { createProtocol } from '@/simulator/protocol/create-protocol'
import { servePhone } from '@/simulator/serve-phone'
import { createWecomProtocol } from '@/simulator/wecom/protocol'
import { openWorld } from '@/simulator/world/open-world'
import type { World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

export type RunningSimulator = {
  /** `http://127.0.0.1:<port>`, the value for WECHAT_ORIGIN. */
  origin: string
  port: number
  world: World
  stop(): Promise<void>
}

/**
 * Starts the simulator and resolves once it listens. `port` 0 selects a free one; `dataFile` null keeps the world in memory.
 * `stop` responds to held long polls, closes every connection, saves and resolves.
 * @throws the listen error (EADDRINUSE) if the port is taken
 */
export async function startSimulator({
  port,
  host = '127.0.0.1',
  dataFile = null,
  pollHoldMs = 25_000,
  log = () => undefined,
}: {
  port: number
  host?: string
  dataFile?: string | null
  pollHoldMs?: number
  log?: (line: string) => void
}): Promise<RunningSimulator> {
  const { world, close } = openWorld(dataFile)
  world.events.on('save-failed', (error: unknown) => log(`simulator: cannot save its world: ${String(error)}`))
  const simulator: Simulator = {
    world,
    faults: createFaultRegistry(),
    calls: createCallLog(),
    gateway: startGatewayCallbacks(world),
    pollHoldMs,
  }
  const server = createAdaptorServer({ fetch: createApp(simulator, log).fetch }) as Server
  await listen(server, port, host)
  const address = server.address() as AddressInfo

  return {
    origin: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    world,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      world.events.emit('stop')
      simulator.faults.clear()
      await new Promise((resolve) => setImmediate(resolve))
      server.closeAllConnections()
      await closed
      await close()
    },
  }
}

function createApp(simulator: Simulator, log: (line: string) => void): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof WorldError) {
      return c.json({ error: { code: error.code, message: error.message } }, error.status)
    }
    log(`simulator: ${c.req.method} ${c.req.path} failed: ${error.stack}`)
    return c.json({ error: { code: 'INTERNAL', message: 'the simulator failed, see its log' } }, 500)
  })
  app.route('/sim', createControl(simulator))
  app.all('/sim/*', (c) => c.json({ error: { code: 'NOT_FOUND', message: `there is no ${c.req.path}` } }, 404))
  app.route('/', servePhone())
  app.route('/', createGatewayProtocol(simulator) as unknown as Hono)
  app.route('/', createModel())
  app.route('/', createIlinkProtocol(simulator) as unknown as Hono)
  app.route('/', createWecomProtocol(simulator) as unknown as Hono)
  app.route('/', createProtocol(simulator) as unknown as Hono)
  return app
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
