import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { type GuardedClient, openGuardedClient } from '@/lib/egress/open-guarded-client'
import { createSealer, newAccessToken, newSigningSecret } from '@/lib/secret'
import { attemptCallback } from '@/worker/delivery/attempt-callback'

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })
const secrets = {
  signingSecretSealed: sealer.seal(newSigningSecret(), 'application.signing:app_1'),
  callbackTokenSealed: sealer.seal(newAccessToken(), 'application.callback:app_1'),
}

let client: GuardedClient
/** Sends these bytes for each request, then ends the connection unless `isLeftOpen`. */
let responses: (connection: number) => { bytes: string | Buffer; isLeftOpen?: boolean }
let connections: Socket[]
let port: number
const server = createServer((socket) => {
  const number = connections.push(socket)
  socket.on('error', () => {})
  socket.on('data', () => {
    const { bytes, isLeftOpen } = responses(number)
    if (isLeftOpen) socket.write(bytes)
    else socket.end(bytes)
  })
})
beforeEach(async () => {
  connections = []
  client = openGuardedClient(policy)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  client.close()
  for (const socket of connections) socket.destroy()
  server.close()
  await once(server, 'close')
})

const attempt = (fields: Partial<ClaimedEvent> = {}, timeoutMs = 5000) =>
  attemptCallback(
    { client, policy, sealer, alertUrl: null, timeoutMs },
    {
      id: 'evt_1',
      sequence: 1,
      lane: 'application:app_1',
      type: 'send_message',
      loginUrl: null,
      data: {},
      attemptCount: 0,
      claim: '',
      applicationId: 'app_1',
      isApplicationDisabled: false,
      endpointId: null,
      headersSealed: null,
      callbackUrl: `http://127.0.0.1:${port}/cb`,
      previousSigningSecretSealed: null,
      isProbe: false,
      isEndpointFailing: false,
      traceParent: null,
      ...secrets,
      ...fields,
    },
  )
const respond = (bytes: string | Buffer, isLeftOpen = false) => (responses = () => ({ bytes, isLeftOpen }))

const ok = '{"retCode":0}'
const full = `HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n${ok}`
const zipped = gzipSync('{"retCode":0}')

describe('a nonstandard response of a server that accepted the event is a delivery', () => {
  it.each<[string, string | Buffer]>([
    ['lines that end in LF only', full.replaceAll('\r\n', '\n')],
    ['LF only, without a length', `HTTP/1.1 200 OK\nContent-Type: application/json\n\n${ok}`],
    ['LF only, in chunks', `HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nd\n${ok}\n0\n\n`],
    ['LF after some lines, CRLF after others', `HTTP/1.1 200 OK\r\nContent-Length: 13\n\n${ok}`],
    ['an unrequested 100 Continue', `HTTP/1.1 100 Continue\r\n\r\n${full}`],
    ['100 Continue, all in LF', `HTTP/1.1 100 Continue\r\n\r\n${full}`.replaceAll('\r\n', '\n')],
    ['103 Early Hints', `HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n${full}`],
    ['102 Processing, 19 times', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(19) + full],
    ['HTTP/1.0 without a length', `HTTP/1.0 200 OK\r\n\r\n${ok}`],
    ['HTTP/1.1 without a length', `HTTP/1.1 200 OK\r\n\r\n${ok}`],
    ['a status line without words', full.replace(' OK', '')],
    ['blank lines ahead', `\r\n\r\n${full}`],
    ['lower-case headers', full.replace('Content-Length', 'content-length')],
    ['a folded header', full.replace('\r\nC', '\r\nX-A: one\r\n two\r\nC')],
    ['a header in GBK', Buffer.from(full.replace('\r\nC', '\r\nX-A: \xd6\xd0\xce\xc4\r\nC'), 'latin1')],
    ['a control character in a header', full.replace('\r\nC', '\r\nX-A: a\x01b\r\nC')],
    ['chunks with a trailer', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nD\r\n${ok}\r\n0\r\nX-A: b\r\n\r\n`],
    ['blanks after a chunk’s size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd  \r\n${ok}\r\n0\r\n\r\n`],
    [
      'chunks and a length',
      full.replace(ok, `d\r\n${ok}\r\n0\r\n\r\n`).replace('\r\nC', '\r\nTransfer-Encoding: chunked\r\nC'),
    ],
    ['a length that is too long', full.replace('13', '50')],
    ['no last chunk', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n${ok}\r\n`],
    ['204 without anything', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['compressed', Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n`), zipped])],
  ])('%s', async (_kind, bytes) => {
    respond(bytes)
    expect(await attempt()).toMatchObject({ isDelivered: true, error: '' })
    expect(connections).toHaveLength(1)
  })

  it('a complete response counts although the connection stays open', async () => {
    respond(`HTTP/1.1 200 OK\r\n\r\n${ok}`, true)
    expect(await attempt({}, 300)).toMatchObject({ isDelivered: true, error: '', responseExcerpt: ok })
  })
})

describe('a retCode other than 0 is a failure', () => {
  const long = 'x'.repeat(100_000)
  const whole = (body: string | Buffer, headers = '') =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n`),
      Buffer.from(body),
    ])
  it.each<[string, Buffer]>([
    ['at the start of 100 KB', whole(`{"retCode":1,"errorMsg":"${long}"}`)],
    ['at the end of 100 KB', whole(`{"errorMsg":"${long}","retCode":1}`)],
    ['at the start of 3 MB', whole(`{"retCode":1,"errorMsg":"${long.repeat(30)}"}`)],
    ['compressed', whole(gzipSync('{"retCode":1}'), 'Content-Encoding: gzip\r\n')],
    [
      'in UTF-16',
      whole(Buffer.from('{"retCode":1}', 'utf16le'), 'Content-Type: application/json; charset=utf-16le\r\n'),
    ],
    ['after 100 Continue', Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), whole('{"retCode":1}')])],
  ])('%s', async (_kind, bytes) => {
    respond(bytes)
    expect(await attempt()).toMatchObject({ isDelivered: false, httpStatus: 200, error: 'retCode 是 1，不是 0' })
  })
})

describe('an unreadable response is a failure with a reason', () => {
  it.each<[string, string, RegExp]>([
    ['20 informational responses', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20) + full, /连续返回了 20 个 1xx/],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', /HTTP 101/],
    ['no status line', ok, /不是 HTTP\/1\.x 的状态行/],
    ['two blanks in the status line', full.replace(' 200', '  200'), /状态码写法不对/],
    ['a lower-case status line', full.replace('HTTP', 'http'), /不是 HTTP\/1\.x 的状态行/],
    ['CR only', full.replaceAll('\r\n', '\r'), /CRLF/],
    ['two lengths', full.replace('\r\nC', '\r\nContent-Length: 13\r\nC'), /Content-Length 出现了两次/],
    ['a length that is not a number', full.replace('13', '-1'), /Content-Length 不是一个数字/],
    ['a blank in a header’s name', full.replace('\r\nC', '\r\nX A: b\r\nC'), /响应头里有一行写法不对/],
    ['a header without a colon', full.replace('\r\nC', '\r\ngarbage\r\nC'), /响应头里有一行写法不对/],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(9000)}`, /响应头过大/],
    ['headers that break off', 'HTTP/1.1 200 OK\r\nContent-', /中断|没有发完/],
    ['a body that breaks off', full.replace('13', '50').replace(ok, 'taken'), /中断|没有发完/],
    ['an invalid compressed body', full.replace('\r\nC', '\r\nContent-Encoding: gzip\r\nC'), /解压/],
    ['no bytes', '', /中断/],
  ])('%s', async (_kind, bytes, error) => {
    respond(bytes)
    const outcome = await attempt()
    expect(outcome).toMatchObject({ isDelivered: false, error: expect.stringMatching(error) })
  })
})

describe('connections', () => {
  it('connections are reused by the same lane, never by another', async () => {
    respond(full, true)
    await attempt()
    await attempt()
    expect(connections).toHaveLength(1)
    await attempt({ lane: 'application:app_2' })
    expect(connections).toHaveLength(2)
  })

  it('an unrequested second response is not taken for that of the next event', async () => {
    responses = (connection) => ({ bytes: connection === 1 ? full + full : full.replace('0}', '1}'), isLeftOpen: true })
    await attempt()
    expect(await attempt()).toMatchObject({ isDelivered: false, error: 'retCode 是 1，不是 0' })
  })
})
