import { once } from 'node:events'
import { request as openRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { createTenant } from '@/e2e/create-tenant'
import { expect, test } from '@/e2e/test'

type Sent = { headers?: Record<string, string>; chunks?: (string | Uint8Array)[] }

/** Sends a path unchanged, unlike `fetch`, which normalizes it; chunks are sent without Content-Length. */
async function ask(baseURL: string, method: string, path: string, { headers = {}, chunks = [] }: Sent = {}) {
  const { port, hostname } = new URL(baseURL)
  const request = openRequest({ port, hostname, method, path, headers, agent: false })
  // A server that rejects the request may close the connection before all chunks are sent.
  request.on('error', () => {})
  for (const chunk of chunks) request.write(chunk)
  request.end()
  const [response] = await once(request, 'response')
  return { status: response.statusCode as number, headers: response.headers, body: await text(response) }
}

test('A1, A2: unknown paths and unsupported methods return their documented status on the wire', async ({
  product,
}) => {
  const unknown = [
    '/v1',
    '/v1/',
    '/v1/x',
    '/robots/',
    '/robots/x/y',
    '/robots//login',
    '/robots/%E0%A4%A',
    '/robots/%2e%2e',
    '/robots/x/rooms/y',
  ]
  for (const path of unknown)
    for (const method of ['GET', 'POST', 'PROPFIND']) {
      const response = await ask(product.baseURL, method, path)
      expect.soft([response.status, JSON.parse(response.body).retCode], `${method} ${path}`).toEqual([404, -1006])
      expect.soft(response.headers['x-request-id']).toBeTruthy()
    }
  const wrong = [
    ['GET', '/robots', 'POST'],
    ['PUT', '/robots/x', 'GET, HEAD, DELETE'],
    ['OPTIONS', '/robots/x/message', 'POST'],
    ['PROPFIND', '/robots/x/rooms', 'GET, HEAD'],
    ['DELETE', '/v1/media/x', 'GET, HEAD'],
  ] as const
  for (const [method, path, allow] of wrong) {
    const response = await ask(product.baseURL, method, path)
    expect.soft([response.status, response.headers.allow], `${method} ${path}`).toEqual([405, allow])
    expect.soft(JSON.parse(response.body)).toEqual({ retCode: -1006, errorMsg: `不支持 ${method} 方法` })
  }
})

test('A2, A5: malformed requests return the envelope with a request id on the wire', async ({ product }) => {
  const { token } = await createTenant(product, 'letter')
  const headers = { authorization: `Bearer ${token}` }
  for (const path of ['/robots/%00', '/robots/..%2f..%2fx', "/robots/'", `/robots/${'%E7%BE%A4'.repeat(900)}`]) {
    const response = await ask(product.baseURL, 'GET', path, { headers })
    expect
      .soft([response.status, JSON.parse(response.body)], path)
      .toEqual([200, { retCode: -1005, errorMsg: '机器人不存在' }])
    expect.soft(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
  const long = await ask(product.baseURL, 'GET', `/robots/x?token=${'x'.repeat(20_000)}`)
  expect([long.status, JSON.parse(long.body).retCode]).toEqual([200, -1005])
  const latin = await ask(product.baseURL, 'POST', '/robots', { chunks: [Buffer.from('{"token":"\xe9"}', 'latin1')] })
  expect(JSON.parse(latin.body)).toEqual({ retCode: -1005, errorMsg: '请求正文不是 UTF-8 编码的 JSON' })
  const expecting = await ask(product.baseURL, 'POST', '/robots', {
    headers: { ...headers, expect: '100-continue' },
    chunks: ['{"user', 'name":"letter"}'],
  })
  expect(JSON.parse(expecting.body).retCode).toBe(0)
})

test('A2: a body over 1 MiB without Content-Length is rejected with 413', async ({ product }) => {
  const chunks = ['{"token":"x","more":"', ...Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024)), '"}']
  const response = await ask(product.baseURL, 'POST', '/robots', { chunks })
  expect(response.status).toBe(413)
  expect(JSON.parse(response.body)).toEqual({ retCode: -1005, errorMsg: '请求正文超过 1 MiB' })
  expect((await ask(product.baseURL, 'GET', '/healthz')).status).toBe(200)
})

test('the OpenAPI document is served to any origin', async ({ product }) => {
  const response = await fetch(`${product.baseURL}/openapi.json`)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  const document = (await response.json()) as { openapi: string; servers: { url: string }[]; paths: object }
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.servers[0]?.url).toBe(product.baseURL)
  expect(Object.keys(document.paths)).toContain('/robots/{robot_id}/message')
})
