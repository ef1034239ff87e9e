import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

import type { FaultBook } from '../faults/fault-book'
import type { World } from '../world/world'
import type { CallBook, CallRecord } from './call-book'

/** What the protocol and the control API work on. */
export type Simulator = {
  world: World
  faults: FaultBook
  calls: CallBook
  /** How long synccheck and the login poll are held, WeChat's about 25 s. */
  pollHoldMs: number
}

export type ProtocolEnv = { Bindings: HttpBindings; Variables: { call: CallRecord } }

export type ProtocolContext = Context<ProtocolEnv>

/** Aborts when the client closes its connection. */
export function clientSignal(c: ProtocolContext): AbortSignal {
  const controller = new AbortController()
  c.env.outgoing.once('close', () => controller.abort())
  return controller.signal
}
