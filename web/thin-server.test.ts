import { once } from 'node:events'
import { request as openRequest, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { peerAddress } from '@/lib/http/peer-address'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from './peer-resolver'
import { createThinServer } from './thin-server'

type Sent = { method?: string; headers?: Record<string, string>; body?: string }
const log = createLogger({ level: 'silent', process: 'test' })
const servers: Server[] = []

async function start(options: {
  trustedProxies?: string[]
  handle?: Parameters<typeof createThinServer>[0]['handle']
}) {
  const server = createThinServer({
    log,
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

/** Sends a path as it is: `fetch` would tidy it up. */
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
  it('answers /healthz by itself', async () => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: 'ok' })
  })

  it('numbers each request and takes no number over from a client', async () => {
    const { ask } = await start({})
    const answer = await ask('/', { headers: { 'x-request-id': 'forged' } })
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(answer.body).id).toBe(answer.headers['x-request-id'])
  })

  it('B2: says the socket’s address, whatever a client claims', async () => {
    const { ask } = await start({})
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-wxbot-peer': 'guess 6.6.6.6' }
    const seen = JSON.parse((await ask('/', { headers })).body)
    expect(seen).toMatchObject({ peer: '127.0.0.1', forwardedFor: '127.0.0.1' })
  })

  it('B2: takes a trusted proxy’s word, past other trusted ones, and no further', async () => {
    const { ask } = await start({ trustedProxies: ['127.0.0.0/8', '10.0.0.1'] })
    const headers = { 'x-forwarded-for': '6.6.6.6, 9.9.9.9, 10.0.0.1' }
    expect(JSON.parse((await ask('/', { headers })).body)).toMatchObject({ peer: '9.9.9.9' })
  })

  it.each([
    ['GET', '/robots/', 404, -1006],
    ['POST', '/robots//x', 404, -1006],
    ['GET', 'http://evil.example/robots/', 404, -1006],
    ['GET', '/robots/%E0%A4%A', 404, -1006],
    ['GET', '/robots/%2E%2e', 404, -1006],
    ['GET', '/robots/../dashboard', 404, -1006],
    ['POST', '/v1/./robots', 404, -1006],
    ['GET', '/v1/%ff?token=a', 404, -1006],
    ['PROPFIND', '/robots/rbt_1/unknown', 404, -1006],
  ])('A2: %s %s is %i with retCode %i', async (method, path, status, retCode) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const answer = await ask(path, { method })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ retCode, errorMsg: expect.any(String) })
    expect(answer.headers.allow).toBeUndefined()
    expect(answer.headers['x-request-id']).toBeTruthy()
  })

  it.each([
    ['/robots', 'POST'],
    ['/robots/rbt_1', 'GET, HEAD, DELETE'],
    ['/robots/rbt_1/rooms/active', 'GET, HEAD'],
    ['/v1/media/med_1', 'GET, HEAD'],
  ])('A2: a method that Next does not know is 405 on %s with Allow: %s', async (path, allow) => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const answer = await ask(path, { method: 'PROPFIND' })
    expect(answer).toMatchObject({ status: 405, headers: { allow } })
    expect(JSON.parse(answer.body)).toEqual({ retCode: -1006, errorMsg: '不支持 PROPFIND 方法' })
  })

  it('answers in the dialect of the path', async () => {
    const { ask } = await start({})
    expect(JSON.parse((await ask('/wxbot/qun/')).body)).toEqual({ error: { code: 1001, message: expect.any(String) } })
    expect((await ask('/dashboard/%ff')).headers['content-type']).toContain('text/plain')
    expect((await ask('/dashboard/')).status).toBe(200)
  })

  it('A2: answers 413 to a body over 1 MiB before it is sent', async () => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write('POST /robots HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 [^]*"retCode":-1005/)
  })

  it('A2: answers a query over 16 KiB in the envelope, with a request id', async () => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET /robots/rbt_1?token=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*X-Request-Id: \S+\r\n[^]*"retCode":-1005/)
  })

  it.each([
    ['GET /v1/x HTTP/9.9\r\n\r\n', 400],
    ['garbage\r\n\r\n', 400],
    ['POST /v1/robots HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
  ])('answers %j with %i and closes', async (sent, status) => {
    const { port } = await start({})
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*X-Request-Id: `))
  })

  it('tells nothing of what failed behind it', async () => {
    const { ask } = await start({ handle: () => Promise.reject(new Error('postgres://user:secret@host')) })
    const answer = await ask('/robots', { method: 'POST' })
    expect(JSON.parse(answer.body)).toEqual({ retCode: 1, errorMsg: '服务内部错误，请稍后重试' })
  })
})

describe('createPeerResolver', () => {
  it.each([
    ['::ffff:10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', 'garbage', '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1, garbage', '10.0.0.1'],
    ['8.8.8.8', '1.1.1.1', '8.8.8.8'],
    ['fd00::1', '2001:db8::1', '2001:db8::1'],
  ])('%s forwarding %s is %s', (socketAddress, forwardedFor, peer) => {
    expect(createPeerResolver(['10.0.0.0/8', 'fd00::/8'])(socketAddress, forwardedFor)).toBe(peer)
  })

  it('refuses a list it cannot read, naming the variable', () => {
    expect(() => createPeerResolver(['proxy.local'])).toThrow('TRUSTED_PROXIES')
  })
})
