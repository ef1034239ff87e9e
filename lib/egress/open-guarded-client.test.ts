import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEgressPolicy, type EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedClient } from '@/lib/egress/open-guarded-client'

const server = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`))
let port: number
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

/** Creates a resolver that returns one result after another, like a rebinding DNS server. */
function resolveInTurn(...results: string[][]) {
  const lookups = { count: 0 }
  return { lookups, resolveHost: async () => results[Math.min(lookups.count++, results.length - 1)] ?? [] }
}

async function get(policy: EgressPolicy, link: string): Promise<string> {
  const client = openGuardedClient(policy)
  const request = { method: 'GET', headers: {}, body: '', pool: 'test', signal: AbortSignal.timeout(5000) } as const
  try {
    return await text(await client.send({ url: new URL(link), path: '/cb?x=%2f', ...request }))
  } finally {
    client.close()
  }
}

it('connects to the checked address, resolves once and keeps Host and path', async () => {
  const { lookups, resolveHost } = resolveInTurn(['127.0.0.1'], ['10.0.0.1'])
  const policy = createEgressPolicy({ allow: ['shop.test'], ownPorts: [], resolveHost })
  expect(await get(policy, `http://shop.test:${port}`)).toBe(`shop.test:${port} /cb?x=%2f`)
  expect(lookups.count).toBe(1)
})

it('refuses a name that resolves to loopback when used', async () => {
  const policy = createEgressPolicy({ allow: [], ownPorts: [], resolveHost: async () => ['127.0.0.1'] })
  await expect(get(policy, `http://rebinding.test:${port}`)).rejects.toThrow(/不是公网地址/)
})

it('states that a name does not resolve', async () => {
  const policy = createEgressPolicy({ allow: [], ownPorts: [], resolveHost: () => Promise.reject(new Error()) })
  await expect(get(policy, 'http://gone.test/')).rejects.toThrow(/无法解析/)
})

it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]'])('refuses the literal address %s', async (host) => {
  const policy = createEgressPolicy({ allow: [], ownPorts: [] })
  await expect(get(policy, `http://${host}:${port}`)).rejects.toThrow(/不是公网地址/)
})

it('names the host, not the address, in the TLS handshake', async () => {
  const names: string[] = []
  const refuse = (name: string, done: (error: Error) => void) => {
    names.push(name)
    done(new Error('seen'))
  }
  const tls = createTlsServer({ SNICallback: refuse })
  tls.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
  const policy = createEgressPolicy({ allow: ['shop.test'], ownPorts: [], resolveHost: async () => ['127.0.0.1'] })
  await expect(get(policy, `https://shop.test.:${(tls.address() as AddressInfo).port}`)).rejects.toThrow()
  expect(names).toEqual(['shop.test'])
  tls.close()
})

it('close aborts a request that is still resolving its host', async () => {
  const policy = createEgressPolicy({ allow: ['slow.test'], ownPorts: [], resolveHost: () => new Promise(() => {}) })
  const client = openGuardedClient(policy)
  const request = { method: 'GET', headers: {}, body: '', pool: 'test', signal: AbortSignal.timeout(5000) } as const
  const sent = client.send({ url: new URL('http://slow.test/'), path: '/', ...request })
  client.close()
  await expect(sent).rejects.toThrow(/abort/i)
  expect(client.isClosed).toBe(true)
})
