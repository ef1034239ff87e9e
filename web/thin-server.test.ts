import { once } from 'node:events'
import { request as openRequest, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { peerAddress } from '@/lib/http/peer-address'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from '@/web/peer-resolver'
import { createThinServer } from '@/web/thin-server'

type Sent = { method?: string; headers?: Record<string, string>; body?: string }
const log = createLogger({ level: 'silent', process: 'test' })
const servers: Server[] = []

async function start(options: {
  trustedProxies?: string[]
  publicUrl?: string
  handle?: Parameters<typeof createThinServer>[0]['handle']
}) {
  const server = createThinServer({
    log,
    publicUrl: options.publicUrl ?? 'http://wxbot.test',
    resolvePeer: createPeerResolver(options.trustedProxies ?? []),
    handle:
      options.handle ??
      (async (request, response) => {
        const headers = new Headers(request.headers as Record<string, string>)
        const peer = peerAddress({ headers })
        response.end(
          JSON.stringify({ peer, forwardedFor: headers.get('x-forwarded-for'), id: headers.get('x-request-id') }),
        )
      }),
  })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, ask: (path: string, sent: Sent = {}) => sendRaw(port, path, sent) }
}

/** Sends a raw path, which `fetch` would normalize. */
async function sendRaw(port: number, path: string, { method = 'GET', headers = {}, body }: Sent) {
  const request = openRequest({ port, path, method, headers, host: '127.0.0.1', agent: false })
  request.end(body)
  const [response] = await once(request, 'response')
  return { status: response.statusCode as number, headers: response.headers, body: await text(response) }
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

describe('the thin server', () => {
  it('responds to /healthz by itself', async () => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: 'ok' })
  })

  it('assigns each request an id, and ignores an id of the client', async () => {
    const { ask } = await start({})
    const response = await ask('/', { headers: { 'x-request-id': 'forged' } })
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(response.body).id).toBe(response.headers['x-request-id'])
  })

  it('B2: uses the address of the socket and ignores claims of the client', async () => {
    const { ask } = await start({})
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-wxbot-peer': 'guess 6.6.6.6' }
    const seen = JSON.parse((await ask('/', { headers })).body)
    expect(seen).toMatchObject({ peer: '127.0.0.1', forwardedFor: '127.0.0.1' })
  })

  it('B2: follows X-Forwarded-For through trusted proxies, and no further', async () => {
    const { ask } = await start({ trustedProxies: ['127.0.0.0/8', '10.0.0.1'] })
    const headers = { 'x-forwarded-for': '6.6.6.6, 9.9.9.9, 10.0.0.1' }
    expect(JSON.parse((await ask('/', { headers })).body)).toMatchObject({ peer: '9.9.9.9' })
  })

  it.each([
    ['GET', '/robots/', 404, -1006],
    ['POST', '/robots//x', 404, -1006],
    ['GET', '//robots/rbt_1', 404, -1006],
    ['POST', '//robots/rbt_1/login', 404, -1006],
    ['DELETE', '///v1/x?token=a', 404, -1006],
    ['GET', '/\\robots/rbt_1', 404, -1006],
    ['GET', '/%72obots/rbt_1', 404, -1006],
    ['GET', '/docs/../robots', 404, -1006],
    ['GET', 'http://evil.example//robots/rbt_1', 404, -1006],
    ['GET', 'http://evil.example/robots/', 404, -1006],
    ['GET', '/robots/%E0%A4%A', 404, -1006],
    ['GET', '/robots/%2E%2e', 404, -1006],
    ['GET', '/robots/../dashboard', 404, -1006],
    ['POST', '/v1/./robots', 404, -1006],
    ['GET', '/v1/%ff?token=a', 404, -1006],
    ['PROPFIND', '/robots/rbt_1/unknown', 404, -1006],
  ])('A2: %s %s is %i with retCode %i', async (method, path, status, retCode) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const response = await ask(path, { method })
    expect(response.status).toBe(status)
    expect(JSON.parse(response.body)).toEqual({ retCode, errorMsg: expect.any(String) })
    expect(response.headers.allow).toBeUndefined()
    expect(response.headers['x-request-id']).toBeTruthy()
  })

  it.each([
    ['/robots', 'POST'],
    ['/robots/rbt_1', 'GET, HEAD, DELETE'],
    ['/robots/rbt_1/rooms/active', 'GET, HEAD'],
    ['/v1/media/med_1', 'GET, HEAD'],
    ['/v1/gateway/key/callback', 'POST'],
    ['/v1/wecom/key/callback', 'GET, POST'],
  ])('A2: a method unknown to Next is 405 on %s with Allow: %s', async (path, allow) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const response = await ask(path, { method: 'PROPFIND' })
    expect(response).toMatchObject({ status: 405, headers: { allow } })
    expect(JSON.parse(response.body)).toEqual({ retCode: -1006, errorMsg: '不支持 PROPFIND 方法' })
  })

  it.each([
    ['/robots/rbt_1?token=%CB%CE', 200, { retCode: -1005, errorMsg: '参数 token 不是 UTF-8 编码' }],
    ['/v1/robots/rbt_1?token=%ff', 400, { retCode: -1005, errorMsg: '参数 token 不是 UTF-8 编码' }],
    [
      '/wxbot/qun?owner=%CB%CE',
      400,
      { error: { code: 1001, message: expect.stringContaining('参数 owner 不是 UTF-8') } },
    ],
  ])('A2, B1: refuses %s, which Next would pass on garbled', async (path, status, body) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(JSON.parse(response.body)).toEqual(body)
  })

  it('passes on a query in UTF-8, as raw bytes or percent-encoded', async () => {
    const { ask } = await start({})
    const bytes = Buffer.from('宋').toString('latin1')
    for (const query of ['', '?', '?a=%E5%AE%8B', `?a=${bytes}`, '?a=100%', '?a=%zz'])
      expect((await ask(`/robots/rbt_1${query}`)).status).toBe(200)
  })

  it('responds in the dialect of the path', async () => {
    const { ask } = await start({})
    expect(JSON.parse((await ask('/wxbot/qun/')).body)).toEqual({ error: { code: 1001, message: expect.any(String) } })
    expect((await ask('/dashboard/%ff')).headers['content-type']).toContain('text/plain')
    expect((await ask('/dashboard/')).status).toBe(200)
  })

  it('A2: refuses a body over 1 MiB with 413 before it is sent', async () => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write('POST /robots HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 [^]*"retCode":-1005/)
  })

  it('A2: refuses a query over 16 KiB in the envelope, with a request id', async () => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET /robots/rbt_1?token=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*X-Request-Id: \S+\r\n[^]*"retCode":-1005/)
  })

  it.each([
    ['GET /v1/x HTTP/9.9\r\n\r\n', 400],
    ['garbage\r\n\r\n', 400],
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['POST /v1/robots HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
  ])('responds to %j with %i and closes', async (sent, status) => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*X-Request-Id: `))
  })

  it.each([
    ['HTTP/1.1 without Host', 'GET /robots/rbt_1 HTTP/1.1', [], '缺少请求头 Host'],
    ['a repeated Host', 'POST /robots HTTP/1.1', ['Host: a', 'Host: b'], '请求头 Host 重复'],
    ['an invalid Host', 'GET /v1/robots HTTP/1.1', ['Host: a b'], '请求头 Host 无效'],
    ['a Host with a path', 'GET /v1/robots HTTP/1.1', ['Host: a/b'], '请求头 Host 无效'],
    ['an absolute form without a host', 'GET http:///robots HTTP/1.1', ['Host: a'], '请求头 Host 无效'],
  ])('A2: %s is 400 in the envelope', async (_case, line, headers, message) => {
    const { port } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const socket = connect(port, '127.0.0.1')
    socket.write(`${[line, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`)
    const response = await text(socket)
    expect(response).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*X-Request-Id: \S+/)
    expect(response).toContain(`{"retCode":-1005,"errorMsg":"${message}"}`)
  })

  it.each([
    ['the public host for HTTP/1.0 without Host', 'GET /robots HTTP/1.0', [], '/robots', 'wxbot.test'],
    [
      'the host of an absolute form',
      'GET http://evil.example/wxbot?a=1 HTTP/1.1',
      ['Host: a'],
      '/wxbot?a=1',
      'evil.example',
    ],
    ['a host without a path', 'GET https://evil.example:1?a=1 HTTP/1.1', ['Host: a'], '/?a=1', 'evil.example:1'],
    ['an address', 'GET /robots HTTP/1.1', ['Host: [::1]:3000'], '/robots', '[::1]:3000'],
  ])('%s', async (_case, line, headers, url, host) => {
    const { port } = await start({
      handle: async (request, response) => void response.end(JSON.stringify([request.url, request.headers.host])),
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(`${[line, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`)
    expect(await text(socket)).toContain(JSON.stringify([url, host]))
  })

  it.each([
    ['GET', '/_next/image?url=%2Ficon.svg&w=640&q=75', 404],
    ['GET', '/_next//image?url=x', 404],
    ['GET', '//_next/image', 404],
    ['GET', '/%5fnext/image', 404],
    ['GET', '/_next/static/../image', 404],
    ['GET', '/_next/data/build/index.json', 404],
    ['GET', '/_next', 404],
    ['POST', '/__nextjs_original-stack-frames', 405],
    ['POST', '/dashboard/sign-in', 405],
    ['POST', '/', 405],
    ['DELETE', '/weiqun/MTAw', 405],
    ['POST', '/healthz', 405],
    ['GET', '/dashboard/%2e%2e/%2e%2e', 404],
  ])('%s %s, which pages do not need, does not reach Next', async (method, path, status) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const response = await ask(path, { method, headers: { 'next-action': '0'.repeat(40) } })
    expect(response.status).toBe(status)
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(response.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('removes internal headers of Next and ours, and passes on those of page navigation', async () => {
    const { ask } = await start({
      handle: async (request, response) => void response.end(JSON.stringify(request.headers)),
    })
    const internal = [
      'next-action',
      'x-middleware-subrequest',
      'x-middleware-rewrite',
      'x-nextjs-data',
      'x-invoke-path',
    ]
    const ours = ['x-nonce', 'x-path', 'content-security-policy', 'content-security-policy-report-only', 'next-resume']
    const pages = {
      rsc: '1',
      'next-url': '/dashboard',
      'next-router-prefetch': '1',
      'next-router-state-tree': encodeURIComponent('["",{"children":["dashboard",{}]}]'),
    }
    const forged = Object.fromEntries([...internal, ...ours].map((name) => [name, 'forged']))
    const seen = JSON.parse((await ask('/', { headers: { ...forged, ...pages } })).body)
    expect(seen).toMatchObject(pages)
    expect(JSON.stringify(seen)).not.toContain('forged')
  })

  it('reveals no details of a failed handler', async () => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('postgres://user:secret@host')) })
    const response = await ask('/robots', { method: 'POST' })
    expect(JSON.parse(response.body)).toEqual({ retCode: 1, errorMsg: '服务内部错误，请稍后重试' })
  })
})

describe('headers of every response', () => {
  const common = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  }

  it.each(['/healthz', '/robots/', '/no/%ff', '/served', '/fails'])('%s has them', async (path) => {
    const { ask } = await start({
      handle: async (request, response) => {
        if (request.url === '/fails') throw new Error('failed')
        response.end('served')
      },
    })
    const { headers } = await ask(path)
    expect(headers).toMatchObject(common)
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  it('a response keeps its own values', async () => {
    const { ask } = await start({
      handle: async (_request, response) =>
        void response.writeHead(200, { 'Referrer-Policy': 'no-referrer', 'Content-Security-Policy': 'sandbox' }).end(),
    })
    expect((await ask('/')).headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'content-security-policy': 'sandbox',
    })
  })

  it('HSTS is sent if PUBLIC_URL is https, also for unreadable requests', async () => {
    const { ask, port } = await start({ publicUrl: 'https://wxbot.test' })
    expect((await ask('/healthz')).headers['strict-transport-security']).toBe('max-age=31536000')
    const socket = connect(port, '127.0.0.1')
    socket.write('garbage\r\n\r\n')
    expect(await text(socket)).toContain('Strict-Transport-Security: max-age=31536000')
  })
})
