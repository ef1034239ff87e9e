import type { MiddlewareHandler } from 'hono'

import { WorldError } from '@/simulator/world/world-error'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/**
 * Rejects requests that other sites' pages can cause: a foreign Origin, a cross-site fetch, and a Host that is not loopback
 * (DNS rebinding to 127.0.0.1). Programs send neither Origin nor Sec-Fetch-Site and pass.
 */
export function guardOrigin(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('Host') ?? ''
    const origin = c.req.header('Origin')
    const site = c.req.header('Sec-Fetch-Site')
    const isForeign = origin !== undefined && origin !== `http://${host}`
    const isCrossSite = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (!loopback.test(host) || isForeign || isCrossSite) {
      throw new WorldError('FORBIDDEN', 'the control API accepts only its own page and local programs')
    }
    await next()
  }
}
