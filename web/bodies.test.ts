import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { listAddresses } from '@/lib/testing/list-addresses'
import { createPeerResolver } from '@/web/peer-resolver'
import { createThinServer } from '@/web/thin-server'

const kib = 1024
const mib = 1024 * kib

let server: Server
let port: number
let handled: number[] = []
let handle: (request: IncomingMessage) => Promise<void>

beforeAll(async () => {
  server = createThinServer({
    log: createLogger({ level: 'silent', process: 'test' }),
    publicUrl: 'http://wxbot.test',
    resolvePeer: createPeerResolver([]),
    bounds: { lingerMs: 300, maxHeldBytes: 16 * mib },
    handle: async (request, response) => {
      await handle(request)
      response.end('served')
    },
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close().closeAllConnections())
beforeEach(() => {
  handled = []
  handle = async (request) => void handled.push((await buffer(request)).length)
})

function open(): Socket {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  return socket
}

/** Sends a head and a chunked body over a raw socket; returns the response until the connection is closed. */
async function sendChunked(path: string, bytes: number, method = 'POST'): Promise<string> {
  const socket = open()
  let response = ''
  socket.on('data', (chunk: Buffer) => (response += chunk))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const headers = ['Host: wxbot.test', 'Transfer-Encoding: chunked', 'Content-Type: application/json']
  socket.write(`${[`${method} ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`)
  const chunk = `${(16 * kib).toString(16)}\r\n${' '.repeat(16 * kib)}\r\n`
  for (let sent = 0; sent < bytes && socket.writable; sent += 16 * kib)
    if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
  if (socket.writable) socket.write('0\r\n\r\n')
  await closed
  return response
}

/** Calls whose body may contain an image or file. */
const uploads =
  /^\/(api\/dashboard\/(conversations\/[^/]+\/messages|applications\/[^/]+\/rules(\/[^/]+)?)|v1\/(robots\/[^/]+\/messages|conversations\/[^/]+\/reply|rules(\/[^/]+)?))$/
const refusals: [RegExp, RegExp][] = [
  [/^\/(robots|v1)(\/|$)/, /"retCode":-1005,"errorMsg":"请求正文超过 1 MiB"/],
  [/^\/wxbot(\/|$)/, /"code":1001,.*请求正文超过 1 MiB/],
  [/^\/api\/auth\//, /"code":"BODY_TOO_LARGE","message":"请求正文超过 16 KiB"/],
  [/^\/api\//, /"code":"BODY_TOO_LARGE","message":"请求正文超过 1 MiB"/],
  [/^/, /请求正文超过 1 MiB/],
]
const refusalOf = (path: string) => refusals.find(([prefix]) => prefix.test(path))![1]

describe('A2: a chunked body of 2 MiB gets 413 in the dialect, and never reaches a handler', () => {
  const isCall = (path: string) => /^\/(robots|v1|wxbot|api)(\/|$)/.test(path)

  it.each(listAddresses('route.ts').filter((path) => isCall(path) && !uploads.test(path)))('POST %s', async (path) => {
    const response = await sendChunked(path, 2 * mib)
    expect(response).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close/)
    expect(response).toMatch(refusalOf(path))
    expect(handled).toEqual([])
  })

  it.each(listAddresses('route.ts').filter((path) => uploads.test(path)))(
    'POST %s, which may contain an image, beyond 14 MiB',
    async (path) => {
      const response = await sendChunked(path, 15 * mib)
      expect(response).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close[^]*请求正文超过 14 MiB/)
      expect(handled).toEqual([])
    },
  )

  it.each([...listAddresses('page.tsx'), ...listAddresses('route.ts').filter((path) => !isCall(path))])(
    'POST %s, which only allows GET, is 405',
    async (path) => {
      expect(await sendChunked(path, 2 * mib)).toMatch(/^HTTP\/1\.1 405 [^]*Allow: GET, HEAD[^]*Connection: close/)
      expect(handled).toEqual([])
    },
  )

  it.each([...listAddresses('page.tsx'), ...listAddresses('route.ts'), '/healthz'])('GET %s', async (path) => {
    const response = await sendChunked(path, 2 * mib, 'GET')
    expect(response).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close/)
    expect(response).toMatch(refusalOf(path))
    expect(handled).toEqual([])
  })

  it.each(['/api//auth/callback/credentials', '/api/%61uth/x', '/api/auth', '/api\\auth/x'])(
    'the limit of sign-in bodies applies to %s',
    async (path) => {
      expect(await sendChunked(path, 32 * kib)).toMatch(/^HTTP\/1\.1 413 [^]*16 KiB/)
    },
  )

  it('stops reading soon after the limit, even if the client continues to send', async () => {
    let taken = 0
    const read = (socket: Socket) => socket.once('close', () => (taken = socket.bytesRead))
    server.once('connection', read)
    expect(await sendChunked('/robots', 200 * mib)).toMatch(/^HTTP\/1\.1 413 /)
    await expect.poll(() => taken).toBeGreaterThan(0)
    expect(taken).toBeLessThan(4 * mib)
  })
})

describe('a body within the limit reaches the handler completely', () => {
  it.each([
    ['/robots', 0],
    ['/robots', 1],
    ['/robots', mib],
    ['/api/auth/callback/credentials', 16 * kib],
  ])('%s, %i bytes', async (path, bytes) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: new Uint8Array(bytes) })
    expect(await response.text()).toBe('served')
    expect(handled).toEqual([bytes])
  })

  it('a body within the limit is passed on with the original request line and headers', async () => {
    let seen: unknown
    handle = async ({ method, url, headers, socket }) => void (seen = [method, url, headers['x-a'], socket.remotePort])
    await fetch(`http://127.0.0.1:${port}/v1/x?a=1`, { method: 'POST', body: 'x', headers: { 'x-a': 'b' } })
    expect(seen).toEqual(['POST', '/v1/x?a=1', 'b', expect.any(Number)])
  })
})

describe('Expect', () => {
  async function expecting(value: string, length: number): Promise<string> {
    const socket = open()
    socket.write(
      `POST /v1/robots HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: ${value}\r\nContent-Length: ${length}\r\n\r\n`,
    )
    const [first] = (await once(socket, 'data')) as [Buffer]
    if (!first.toString().startsWith('HTTP/1.1 100')) return first.toString() + (await text(socket))
    socket.write('x'.repeat(length))
    return first.toString() + (await text(socket))
  }

  it('an acceptable body gets 100 Continue', async () => {
    expect(await expecting('100-continue', 10)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*served/)
  })

  it('a body that is too large gets no 100 Continue', async () => {
    expect(await expecting('100-continue', 2 * mib)).toMatch(/^HTTP\/1\.1 413 [^]*"retCode":-1005/)
  })

  it('another expectation is refused in the dialect', async () => {
    expect(await expecting('a-pony', 10)).toMatch(
      /^HTTP\/1\.1 400 [^]*"retCode":-1005,"errorMsg":"不支持请求头 Expect 的值"/,
    )
  })
})

it('all bodies together are limited in memory, and a request over the limit gets Retry-After', async () => {
  const waiting: Socket[] = []
  for (let count = 0; count < 17; count++) {
    const socket = open()
    socket.write(`POST /robots HTTP/1.1\r\nHost: a\r\nContent-Length: ${mib}\r\n\r\n`)
    socket.write(Buffer.alloc(mib - 1))
    waiting.push(socket)
  }
  const refused = await Promise.race(waiting.map((socket) => once(socket, 'data')))
  expect(String(refused[0])).toMatch(/^HTTP\/1\.1 429 [^]*Retry-After: 1[^]*"retCode":1/)
  for (const socket of waiting) socket.destroy()
  const isServed = async () =>
    (await fetch(`http://127.0.0.1:${port}/robots`, { method: 'POST', body: 'x'.repeat(mib) })).status
  await expect.poll(isServed).toBe(200)
})
