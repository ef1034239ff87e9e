import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { createPeerResolver } from '@/web/peer-resolver'
import { createThinServer } from '@/web/thin-server'

const log = createLogger({ level: 'silent', process: 'test' })
/** The bounds of production, about twenty times shorter. */
const bounds = { headersMs: 300, requestMs: 600, readMs: 500, keepAliveMs: 200, lingerMs: 100, checkMs: 50 }
const many = 40
const patienceMs = 10_000

const servers: Server[] = []
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

type Options = Partial<Parameters<typeof createThinServer>[0]>

async function start(options: Options = {}): Promise<{ server: Server; port: number }> {
  const server = createThinServer({
    log,
    publicUrl: 'http://wxbot.test',
    resolvePeer: createPeerResolver([]),
    handle: async (_request, response) => void response.end('served'),
    ...options,
    bounds: { ...bounds, ...options.bounds },
  })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

/** Opens a connection that does not close by itself and ignores errors. */
function open(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

async function countOpen(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

/** Waits until the server has no connections; returns the number that remain at the deadline. */
async function countLeft(server: Server): Promise<number> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const left = await countOpen(server)
    if (left === 0 || Date.now() > deadline) return left
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

const head = (line: string, ...headers: string[]) => `${[line, 'Host: wxbot.test', ...headers].join('\r\n')}\r\n\r\n`
const upgrade = (path: string, to: string) => head(`GET ${path} HTTP/1.1`, 'Connection: Upgrade', `Upgrade: ${to}`)
const endless = ['Transfer-Encoding: chunked', '', '']

describe('a connection without progress is destroyed', () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['sends nothing', '', () => {}],
    ['sends garbage and stays', 'garbage\r\n\r\n', () => {}],
    ['continues with garbage', 'garbage\r\n\r\n', (socket) => repeat(socket, 'more garbage\r\n')],
    ['sends part of a head', 'GET /robots HTTP/1.1\r\nHost: a\r\n', () => {}],
    ['sends a head letter by letter', 'GET /robots HTTP/1.1\r\nHost: a\r\n', (socket) => repeat(socket, 'x')],
    ['sends part of a body', head('POST /robots HTTP/1.1', 'Content-Length: 100'), () => {}],
    ['sends a body letter by letter', head('POST /robots HTTP/1.1', 'Content-Length: 999'), (s) => repeat(s, 'x')],
    [
      'sends a chunked body without end',
      head('POST /v1/x HTTP/1.1', 'Transfer-Encoding: chunked'),
      (socket) => repeat(socket, '1\r\nx\r\n'),
    ],
    ['sends a body to a path that is refused', head('POST /robots/ HTTP/1.1', ...endless), () => {}],
    ['requests a WebSocket', upgrade('/robots', 'websocket'), () => {}],
    ['requests a WebSocket from a page', upgrade('/_next/webpack-hmr', 'websocket'), () => {}],
    ['requests another protocol before a body', upgrade('/', 'tcp').replace('GET', 'POST'), () => {}],
    ['offers HTTP/2', upgrade('/robots', 'h2c'), () => {}],
    ['requests a tunnel', 'CONNECT example.test:443 HTTP/1.1\r\nHost: example.test\r\n\r\n', () => {}],
    ['speaks TLS', '\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000', () => {}],
    ['speaks HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', () => {}],
    ['sends one request and stays', head('GET /robots HTTP/1.1'), () => {}],
    ['sends a valid and then an invalid request', `${head('GET /a HTTP/1.1')}garbage\r\n\r\n`, () => {}],
  ])('a connection without progress is destroyed: it %s', async (_case, first, goOn) => {
    const { server, port } = await start()
    let accepted = 0
    server.on('connection', () => (accepted += 1))
    for (let count = 0; count < many; count++) {
      const socket = open(port).resume()
      if (first) socket.write(first, 'latin1')
      goOn(socket)
    }
    await expect.poll(() => accepted, { timeout: patienceMs }).toBe(many)
    expect(await countLeft(server)).toBe(0)
  })

  it('a connection that does not read its response is destroyed', async () => {
    const { server, port } = await start({
      handle: async (_request, response) => void response.end(Buffer.alloc(32 * 1024 * 1024)),
    })
    for (let count = 0; count < 5; count++) open(port).pause().write(head('GET /robots HTTP/1.1'))
    await expect.poll(() => countOpen(server), { timeout: patienceMs }).toBe(5)
    expect(await countLeft(server)).toBe(0)
  })
})

describe('a connection that waits for our response is kept', () => {
  it('a connection is kept while its request is handled for longer than any limit', async () => {
    let finish = () => {}
    const { server, port } = await start({
      handle: async (_request, response) => void (finish = () => response.end('late')),
    })
    const socket = open(port)
    socket.write(head('POST /robots HTTP/1.1', 'Content-Length: 2', 'Connection: close') + '{}')
    // Each wait exceeds one of the bounds: headers, request, and reading of the response.
    for (let waited = 0; waited < 3; waited++) await once(open(port).resume(), 'end')
    expect(await countOpen(server)).toBeGreaterThan(0)
    finish()
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*late/)
  })
})

describe('upgrades', () => {
  it.each([
    ['/robots/rbt_1', 200, '{"retCode":-1005,"errorMsg":"不支持切换协议"}'],
    ['/v1/robots', 400, '{"retCode":-1005,"errorMsg":"不支持切换协议"}'],
    ['/wxbot/qun', 400, '不支持切换协议'],
    ['/api/dashboard/overview', 400, '"code":"INVALID_PARAMETER"'],
    ['/dashboard', 400, '不支持切换协议'],
  ])('upgrades to %s are refused with %i in the dialect', async (path, status, body) => {
    const { port } = await start({ handle: () => Promise.reject(new Error('not for Next')) })
    const socket = open(port)
    socket.write(upgrade(path, 'websocket'))
    const response = await text(socket)
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(response).toContain('Connection: close')
    expect(response).toContain(body)
  })

  it('an offer of HTTP/2, as Java’s client makes it, is ignored', async () => {
    const { port } = await start()
    const socket = open(port)
    socket.write(
      head(
        'POST /robots HTTP/1.1',
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAA',
        'Content-Length: 2',
      ) + '{}',
    )
    expect((await once(socket, 'data')).toString()).toMatch(/^HTTP\/1\.1 200 OK[^]*served/)
  })
})

it('connections over the maximum are refused, and accepted again afterwards', async () => {
  const { server, port } = await start({ bounds: { maxConnections: 10 } })
  for (let count = 0; count < 30; count++) open(port).resume()
  await expect.poll(() => countOpen(server), { timeout: patienceMs }).toBe(10)
  expect(await countLeft(server)).toBe(0)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
})

it.each([
  ['a head', 'GET /v1/robots HTTP/1.1\r\nHost: a\r\n', 400, ''],
  [
    'a body',
    head('POST /v1/robots HTTP/1.1', 'Content-Length: 9'),
    400,
    '"retCode":-1005,"errorMsg":"请求没有在 0.6 秒内传完"',
  ],
  [
    'a body for the dashboard',
    head('POST /api/auth/x HTTP/1.1', 'Content-Length: 9'),
    400,
    '"code":"INVALID_PARAMETER"',
  ],
])('a client that does not finish %s gets an error response', async (_case, sent, status, body) => {
  const { port } = await start()
  const socket = open(port)
  socket.write(sent)
  const response = await text(socket)
  expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*nosniff[^]*X-Request-Id: `))
  expect(response).toContain(body)
})

it('an unused connection is closed without a response, which a first request could take for its own', async () => {
  const { port } = await start()
  expect(await text(open(port))).toBe('')
})

/** Sends a text repeatedly until the connection is closed. */
function repeat(socket: Socket, what: string): void {
  const timer = setInterval(() => socket.writable && socket.write(what), 20)
  socket.once('close', () => clearInterval(timer))
}
