import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { requirePrivateNetwork } from '@/lib/http/require-private-network'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from './peer-resolver'
import { createThinServer } from './thin-server'

const log = createLogger({ level: 'silent', process: 'test' })

/** Asks over a real socket from 127.0.0.1 whether the gate lets in. */
async function ask(options: {
  allow: string[]
  trusted?: string[]
  headers?: Record<string, string>
}): Promise<number> {
  const server = createThinServer({
    log,
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

describe('B2: who asks is who the socket says', () => {
  it.each(forged)('a forged %s opens nothing from outside', async (name) => {
    const value = name === 'forwarded' ? 'for=10.0.0.5' : name === 'x-wxbot-peer' ? 'secret 10.0.0.5' : '10.0.0.5'
    expect(await ask({ allow: inside, headers: { [name]: value } })).toBe(403)
  })

  it.each(forged.slice(0, -1))(
    'an address of the list with a forwarding header, %s, is no trusted proxy',
    async (name) => {
      expect(await ask({ allow: ['127.0.0.0/8'], headers: { [name]: '10.0.0.5' } })).toBe(403)
    },
  )

  it('lets in without any, and nobody when the list is empty', async () => {
    expect(await ask({ allow: ['127.0.0.0/8'] })).toBe(200)
    expect(await ask({ allow: [] })).toBe(403)
  })

  it.each([
    ['who is inside', '10.0.0.5', 200],
    ['who is outside', '203.0.113.9', 403],
    ['who forged the first of two', '10.0.0.5, 203.0.113.9', 403],
    ['nonsense', 'unknown', 403],
  ])('behind a trusted proxy counts %s', async (_case, forwardedFor, status) => {
    const headers = { 'x-forwarded-for': forwardedFor }
    expect(await ask({ allow: [...inside, '127.0.0.0/8'], trusted: ['127.0.0.1'], headers })).toBe(status)
  })

  it('a trusted proxy that says it by another header only is not believed', async () => {
    const headers = { 'x-real-ip': '10.0.0.5' }
    expect(await ask({ allow: [...inside, '127.0.0.0/8'], trusted: ['127.0.0.1'], headers })).toBe(403)
  })
})
