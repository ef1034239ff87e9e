import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

import type { GatewayCallbacks } from '@/simulator/gateway/send-callbacks'
import type { FaultRegistry } from '@/simulator/faults/fault-registry'
import type { World } from '@/simulator/world/world'
import type { CallLog, CallRecord } from '@/simulator/protocol/call-log'

/** Dependencies of the protocol and of the control API. */
export type Simulator = {
  world: World
  faults: FaultRegistry
  calls: CallLog
  gateway: GatewayCallbacks
  /** Maximum hold of synccheck and of the login poll; about 25 s on WeChat. */
  pollHoldMs: number
}

export type ProtocolEnv = { Bindings: HttpBindings; Variables: { call: CallRecord } }

export type ProtocolContext = Context<ProtocolEnv>

/** Aborts when the client closes its connection. */
export function clientSignal(c: Pick<ProtocolContext, 'env'>): AbortSignal {
  const controller = new AbortController()
  c.env.outgoing.once('close', () => controller.abort())
  return controller.signal
}
