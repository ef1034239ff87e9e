import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from '@/web/peer-resolver'
import { createThinServer } from '@/web/thin-server'
import { createWebMetrics } from '@/web/web-metrics'

const token = 'metrics-token-of-20-characters'
const servers: ReturnType<typeof createThinServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function start(metrics: ReturnType<typeof createWebMetrics> | null) {
  const server = createThinServer({
    log: createLogger({ level: 'silent', process: 'test' }),
    publicUrl: 'http://wxbot.test',
    resolvePeer: createPeerResolver([]),
    metrics,
    handle: async (_request, response) => void response.writeHead(404).end('next'),
  })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return (path: string, authorization?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: authorization ? { authorization } : {} })
}

it('/metrics counts requests by format and status, and needs the token', async () => {
  const ask = await start(createWebMetrics({ token }))
  await (await ask('/v1/robots')).text()
  const response = await ask('/metrics', `Bearer ${token}`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
  const text = await response.text()
  expect(text).toContain('wxbot_web_request_seconds_count{format="v1",status="4xx"} 1')
  expect(text).toContain('wxbot_web_queue_pool_waiting 0')
  expect(text).toContain('wxbot_web_nodejs_eventloop_lag_p99_seconds')
})

it.each([undefined, 'Bearer', 'Bearer wrong', token])(
  '/metrics refuses the authorization %j',
  async (authorization) => {
    const ask = await start(createWebMetrics({ token }))
    const response = await ask('/metrics', authorization)
    expect([response.status, await response.text()]).toEqual([401, 'no\n'])
  },
)

it('without a token there is no /metrics', async () => {
  const ask = await start(null)
  const response = await ask('/metrics')
  expect([response.status, await response.text()]).toEqual([404, 'next'])
})
