import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkUrl } from '@/lib/egress/check-url'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'

const server = createServer((request, response) => response.end(request.headers.host))
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

it('connects to the checked address, resolves once and keeps the Host', async () => {
  const { lookups, resolveHost } = resolveInTurn(['127.0.0.1'], ['10.0.0.1'])
  const agent = openGuardedAgent(createEgressPolicy({ allow: ['shop.test'], ownPorts: [], resolveHost }))
  const response = await agent.request({ origin: `http://shop.test:${port}`, path: '/', method: 'GET' })
  expect(await response.body.text()).toBe(`shop.test:${port}`)
  expect(lookups.count).toBe(1)
  await agent.close()
})

it('refuses a name that was public when saved and resolves to loopback when used', async () => {
  const { resolveHost } = resolveInTurn(['93.184.215.14'], ['127.0.0.1'])
  const policy = createEgressPolicy({ allow: [], ownPorts: [], resolveHost })
  const url = `http://rebinding.test:${port}`
  expect(await checkUrl(policy, url)).toMatchObject({ ok: true })
  const agent = openGuardedAgent(policy)
  await expect(agent.request({ origin: url, path: '/', method: 'GET' })).rejects.toThrow(/不是公网地址/)
  await agent.close()
})

it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]'])(
  'refuses the literal address %s, which is never looked up',
  async (host) => {
    const agent = openGuardedAgent(createEgressPolicy({ allow: [], ownPorts: [] }))
    const lookups = agent.request({ origin: `http://${host}:${port}`, path: '/', method: 'GET' })
    await expect(lookups).rejects.toThrow(/不是公网地址/)
    await agent.close()
  },
)

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
  const agent = openGuardedAgent(policy)
  const origin = `https://shop.test.:${(tls.address() as AddressInfo).port}`
  await expect(agent.request({ origin, path: '/', method: 'GET' })).rejects.toThrow()
  expect(names).toEqual(['shop.test'])
  await agent.close()
  tls.close()
})
