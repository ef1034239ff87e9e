import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CallRegistry } from '@/worker/wechat/client/call-registry'
import { type WebCall, WebTransport } from '@/worker/wechat/client/web-transport'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

let serve: Serve
const server = createServer((request, response) => serve(request, response))
/** Ports of the connections on which calls arrived. */
let ports: Set<number>
let origin: string
let transport: WebTransport
let calls: CallRegistry
let isLeaseValid: boolean

beforeEach(async () => {
  ports = new Set()
  isLeaseValid = true
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  calls = new CallRegistry()
  transport = new WebTransport({ wechatOrigin: origin, calls, isLeaseValid: () => isLeaseValid })
})
afterEach(async () => {
  await transport.close()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function call(more: Partial<WebCall> = {}): Promise<Buffer> {
  return transport.call({ name: 'webwxsync', method: 'GET', url: 'https://wx.qq.com/a', ...more })
}
function serveWith(act: Serve): void {
  serve = (request, response) => {
    ports.add(request.socket.remotePort ?? 0)
    act(request, response)
  }
}

describe('a call', () => {
  it('uses the connection of the call before it', async () => {
    serveWith((_, response) => response.end('ok'))
    for (let made = 0; made < 3; made++) await call()
    expect(ports.size).toBe(1)
  })

  it('a call after the server closed its connection is made once, on another', async () => {
    let arrived = 0
    serveWith((request, response) => {
      arrived += 1
      response.end('ok', () => request.socket.end())
    })
    for (let made = 0; made < 3; made++) expect(String(await call({ method: 'POST', json: {} }))).toBe('ok')
    expect([arrived, ports.size]).toEqual([3, 3])
  })

  it('a call that fails on a kept connection is not repeated', async () => {
    let arrived = 0
    serveWith((request, response) => (++arrived === 1 ? response.end('ok') : request.socket.resetAndDestroy()))
    await call()
    await expect(call({ method: 'POST', json: {} })).rejects.toMatchObject({ failure: 'unanswered' })
    expect(arrived).toBe(2)
  })

  it('carries the cookies that WeChat set, until it removes them', async () => {
    const seen: string[] = []
    const set = [['wxsid=a=b; Path=/; Expires=x', 'wxuin=7'], ['wxuin=; Max-Age=0'], []]
    serveWith((request, response) => {
      seen.push((request.headers.cookie ?? '').replaceAll(/pgv_\w+=\w+(; )?/g, ''))
      response.setHeader('set-cookie', set.shift() ?? []).end()
    })
    for (let made = 0; made < 3; made++) await call()
    expect(seen).toEqual(['', 'wxsid=a=b; wxuin=7', 'wxsid=a=b'])
  })

  it('reads a compressed response', async () => {
    serveWith((_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('您好')))
    expect(String(await call())).toBe('您好')
  })

  it('follows no redirect', async () => {
    let arrived = 0
    serveWith((_, response) => {
      arrived += 1
      response.writeHead(302, { location: `${origin}/elsewhere` }).end()
    })
    await expect(call()).rejects.toMatchObject({ failure: 'unreadable', detail: 'HTTP 302' })
    expect(arrived).toBe(1)
  })
})

describe('a response', () => {
  it.each([
    ['of more than 20 MiB', (response: ServerResponse) => response.end(Buffer.alloc(21 * 1024 * 1024))],
    [
      'that becomes larger than 20 MiB',
      (response: ServerResponse) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(21 * 1024 * 1024))),
    ],
    ['in an unknown encoding', (response: ServerResponse) => response.setHeader('content-encoding', 'x').end('a')],
  ])('a response %s is refused', async (_, respond) => {
    serveWith((_request, response) => respond(response))
    await expect(call({ name: 'webwxgetmsgimg' })).rejects.toMatchObject({ failure: 'unreadable' })
  })

  it('a response that breaks off counts as missing', async () => {
    serveWith((request, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('abc')
      setImmediate(() => request.socket.resetAndDestroy())
    })
    await expect(call()).rejects.toMatchObject({ failure: 'unanswered' })
  })
})

describe('no call is made', () => {
  beforeEach(() => serveWith((_, response) => response.end('ok')))

  it('no call is made while the lease is not valid', async () => {
    isLeaseValid = false
    await expect(call()).rejects.toMatchObject({ failure: 'unreachable' })
    expect(ports.size).toBe(0)
  })

  it('no call is made after the session is closed, and a current one ends', async () => {
    serveWith(() => undefined)
    const current = call().catch((error: unknown) => error)
    await once(server, 'request')
    calls.close()
    expect(await current).toMatchObject({ failure: 'unanswered' })
    await expect(call()).rejects.toMatchObject({ failure: 'unreachable' })
  })

  it('no call is made to another host', async () => {
    const real = new WebTransport({ wechatOrigin: undefined, calls, isLeaseValid: () => true })
    const made = real.call({ name: 'x', method: 'GET', url: `${origin}/a` })
    await expect(made).rejects.toMatchObject({ failure: 'unreachable', detail: 'not a WeChat address' })
    await real.close()
    expect(ports.size).toBe(0)
  })
})

it('an error of a call contains no credential', async () => {
  serveWith((_, response) => response.setHeader('set-cookie', 'wxsid=secret').writeHead(502).end('secret'))
  const error: unknown = await call({ query: { skey: 'secret' } }).catch((thrown: unknown) => thrown)
  expect(`${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('secret')
})
