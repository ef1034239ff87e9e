import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { requirePrivateNetwork } from '@/lib/http/require-private-network'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from '@/web/peer-resolver'
import { createThinServer } from '@/web/thin-server'

const log = createLogger({ level: 'silent', process: 'test' })

/** Sends a request over a real socket from 127.0.0.1 and returns its status. */
async function ask(options: {
  allow: string[]
  trusted?: string[]
  headers?: Record<string, string>
}): Promise<number> {
  const server = createThinServer({
    log,
    publicUrl: 'http://wxbot.test',
    resolvePeer: createPeerResolver(options.trusted ?? []),
    handle: async (incoming, response) => {
      const request = new Request('http://wxbot.test/wxbot/qun', {
        headers: incoming.headers as Record<string, string>,
      })
      try {
        requirePrivateNetwork(request, { QUN_ALLOW: options.allow, PUBLIC_URL: 'http://wxbot.test' })
        response.end('in')
      } catch (error) {
        response.writeHead(error instanceof AppError && error.code === 'NOT_PRIVATE' ? 403 : 500).end()
      }
    },
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { connection: 'close', ...options.headers }
  const { status } = await fetch(`http://127.0.0.1:${port}/wxbot/qun`, { headers })
  await new Promise((resolve) => server.close(resolve))
  return status
}

const forged = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-wxbot-peer']
const inside = ['10.0.0.0/8']
const forwardingHeaders = `via cdn-loop x-forwarded forwarded-for x-forwarded-for-original x-original-forwarded-for
  cf-connecting-ip cf-ray true-client-ip x-client-ip client-ip x-cluster-client-ip x-real-ip
  fastly-client-ip x-envoy-external-address x-envoy-internal x-azure-clientip x-appengine-user-ip
  ali-cdn-real-ip wl-proxy-client-ip proxy-client-ip x-remote-ip x-remote-addr x-originating-ip
  x-forwarded-server x-forwarded-prefix x-forwarded-client-cert x-host x-original-host slb-ip
  x-stgw-time x-proxyuser-ip x-amzn-trace-id x_forwarded_for x-client-proto x-bluecoat-via`

describe('B2: the address of the client is that of the socket', () => {
  it.each(forged)('a forged %s does not admit an outside client', async (name) => {
    const value = name === 'forwarded' ? 'for=10.0.0.5' : name === 'x-wxbot-peer' ? 'secret 10.0.0.5' : '10.0.0.5'
    expect(await ask({ allow: inside, headers: { [name]: value } })).toBe(403)
  })

  it.each(forged.slice(0, -1))(
    'an allowed address with the forwarding header %s is refused without a trusted proxy',
    async (name) => {
      expect(await ask({ allow: ['127.0.0.0/8'], headers: { [name]: '10.0.0.5' } })).toBe(403)
    },
  )

  it.each(forwardingHeaders.split(/\s+/))(
    '%s is refused from an undeclared proxy and accepted from a trusted one',
    async (name) => {
      const headers = { [name]: '10.0.0.5' }
      expect(await ask({ allow: [...inside, '127.0.0.0/8'], headers })).toBe(403)
      const declared = { ...headers, 'x-forwarded-for': '10.0.0.5' }
      expect(await ask({ allow: [...inside, '127.0.0.0/8'], trusted: ['127.0.0.1'], headers: declared })).toBe(200)
    },
  )

  it.each(['user-agent', 'accept-language', 'x-request-id', 'traceparent', 'referer', 'x-api-key', 'content-location'])(
    '%s is not a forwarding header',
    async (name) => {
      expect(await ask({ allow: ['127.0.0.0/8'], headers: { [name]: 'value' } })).toBe(200)
    },
  )

  it('admits an allowed address without forwarding headers, and none with an empty list', async () => {
    expect(await ask({ allow: ['127.0.0.0/8'] })).toBe(200)
    expect(await ask({ allow: [] })).toBe(403)
  })

  it.each([
    ['an allowed client address', '10.0.0.5', 200],
    ['an outside client address', '203.0.113.9', 403],
    ['a forged first address', '10.0.0.5, 203.0.113.9', 403],
    ['an invalid address', 'unknown', 403],
  ])('a trusted proxy is checked by %s', async (_case, forwardedFor, status) => {
    const headers = { 'x-forwarded-for': forwardedFor }
    expect(await ask({ allow: [...inside, '127.0.0.0/8'], trusted: ['127.0.0.1'], headers })).toBe(status)
  })

  it('a trusted proxy that sends only another header is refused', async () => {
    const headers = { 'x-real-ip': '10.0.0.5' }
    expect(await ask({ allow: [...inside, '127.0.0.0/8'], trusted: ['127.0.0.1'], headers })).toBe(403)
  })
})
