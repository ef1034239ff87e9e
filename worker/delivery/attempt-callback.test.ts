import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { type GuardedClient, openGuardedClient } from '@/lib/egress/open-guarded-client'
import { sealHeaders } from '@/lib/callback/endpoint/headers'
import { createSealer, newAccessToken, newSigningSecret } from '@/lib/secret'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { attemptCallback } from '@/worker/delivery/attempt-callback'

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const secret = newSigningSecret()
const token = newAccessToken()
const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })
let endpoint: TestEndpoint
let client: GuardedClient
beforeEach(async () => {
  endpoint = await openTestEndpoint()
  client = openGuardedClient(policy)
})
afterEach(() => {
  endpoint.close()
  client.close()
})

const eventWith = (fields: Partial<ClaimedEvent> = {}): ClaimedEvent => ({
  id: 'evt_1',
  sequence: 42,
  lane: 'application:app_1',
  type: 'send_message',
  loginUrl: null,
  data: { content: '你好', robot_id: 'rbt_1', room_id: 'room_1', nickname: '小明' },
  attemptCount: 0,
  claim: '',
  applicationId: 'app_1',
  isApplicationDisabled: false,
  endpointId: null,
  headersSealed: null,
  callbackUrl: endpoint.url,
  signingSecretSealed: sealer.seal(secret, 'application.signing:app_1'),
  previousSigningSecretSealed: null,
  callbackTokenSealed: sealer.seal(token, 'application.callback:app_1'),
  isProbe: false,
  isEndpointFailing: false,
  traceParent: null,
  ...fields,
})
const attempt = (fields: Partial<ClaimedEvent> = {}, timeoutMs = 5000) =>
  attemptCallback({ client, policy, sealer, alertUrl: null, timeoutMs }, eventWith(fields))

describe('a request', () => {
  it('carries both signatures during the overlap of a rotated secret', async () => {
    const old = newSigningSecret()
    await attempt({ previousSigningSecretSealed: sealer.seal(old, 'application.signing:app_1') })
    const [callback] = await endpoint.waitFor(1)
    for (const known of [secret, old])
      new Webhook(known).verify(callback?.body ?? '', callback?.headers as Record<string, string>)
    expect(callback?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
  })

  it('the request of a message is the documented signed POST', async () => {
    expect(await attempt()).toMatchObject({ isDelivered: true, httpStatus: 200, error: '' })
    const [callback] = await endpoint.waitFor(1)
    expect(callback).toMatchObject({ method: 'POST', target: '/cb' })
    expect(JSON.parse(callback?.body ?? '')).toEqual({
      token,
      action: 'send_message',
      data: { content: '你好', robot_id: 'rbt_1', room_id: 'room_1', nickname: '小明' },
    })
    expect(callback?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'evt_1',
      'wxbot-sequence': '42',
      'user-agent': expect.stringContaining('wxbot'),
    })
    new Webhook(secret).verify(callback?.body ?? '', callback?.headers as Record<string, string>)
  })

  it('a request to an additional endpoint has its own headers and signature, and no token', async () => {
    const own = newSigningSecret()
    const headers = { Authorization: 'Bearer 42', 'X-Shop': 'a' }
    await attempt({
      endpointId: 'ept_1',
      lane: 'endpoint:ept_1',
      loginUrl: 'wxbot:endpoint',
      signingSecretSealed: sealer.seal(own, 'endpoint.signing:ept_1'),
      headersSealed: sealHeaders(sealer, { endpointId: 'ept_1', headers }),
    })
    const [callback] = await endpoint.waitFor(1)
    expect(callback).toMatchObject({ method: 'POST', target: '/cb' })
    expect(callback?.headers).toMatchObject({ authorization: 'Bearer 42', 'x-shop': 'a', 'webhook-id': 'evt_1' })
    expect(Object.keys(JSON.parse(callback?.body ?? '') as object)).toEqual(['action', 'data'])
    expect(callback?.body).not.toContain(token)
    new Webhook(own).verify(callback?.body ?? '', callback?.headers as Record<string, string>)
  })

  it('only a request to the default endpoint asks for a reply', async () => {
    endpoint.respond = (response) => response.end('{"data":{"handover":true}}')
    const own = { signingSecretSealed: sealer.seal(secret, 'endpoint.signing:ept_1') }
    expect(await attempt({ endpointId: 'ept_1', ...own })).not.toHaveProperty('reply')
    expect(await attempt()).toMatchObject({ reply: { type: 'handover' } })
  })

  it('the request of a login is a GET of its URL byte for byte, signed over an empty body', async () => {
    const loginUrl = `${endpoint.url}?x=%2f'|&robot_id=rbt_1&status=online`
    expect(await attempt({ type: 'login', loginUrl, callbackUrl: null })).toMatchObject({ isDelivered: true })
    const [callback] = await endpoint.waitFor(1)
    expect(callback).toMatchObject({ method: 'GET', target: `/cb?x=%2f'|&robot_id=rbt_1&status=online`, body: '' })
    new Webhook(secret).verify('', callback?.headers as Record<string, string>)
  })
})

describe('an attempt fails with a reason in Chinese', () => {
  it.each<[string, (response: ServerResponse) => unknown, number | null, RegExp]>([
    ['a refusal', (response) => response.writeHead(500).end('boom'), 500, /HTTP 500/],
    ['a retCode', (response) => response.end('{"retCode":1}'), 200, /retCode 是 1/],
    ['a redirect', (response) => response.writeHead(302, { location: '/ok' }).end(), 302, /重定向/],
    ['a broken connection', (response) => response.destroy(), null, /中断/],
    ['no response', () => {}, null, /没有收完/],
    ['a body that does not end', (response) => response.writeHead(200).write('{'), 200, /没有收完/],
    ['no HTTP', (response) => response.socket?.end('hello\r\n\r\n'), null, /不是有效的 HTTP/],
  ])('an attempt fails with a reason in Chinese after a response: %s', async (_kind, respond, httpStatus, error) => {
    endpoint.respond = respond
    expect(await attempt({}, 200)).toMatchObject({
      isDelivered: false,
      httpStatus,
      error: expect.stringMatching(error),
    })
    expect(endpoint.received).toHaveLength(1)
  })

  it.each<[string, Partial<ClaimedEvent>, RegExp]>([
    ['a disabled application', { isApplicationDisabled: true }, /已停用/],
    ['no callback URL', { callbackUrl: null }, /没有回调地址/],
    ['a removed endpoint', { endpointId: 'ept_1', callbackUrl: null, signingSecretSealed: null }, /已删除/],
    ['a URL that is now private', { callbackUrl: 'http://10.0.0.1/cb' }, /不是公网地址/],
    ['credentials in the URL', { callbackUrl: 'http://u:p@127.0.0.1/cb' }, /用户名/],
    ['no server', { callbackUrl: 'http://127.0.0.1:9/cb' }, /拒绝连接/],
    ['a secret sealed for another row', { callbackTokenSealed: sealer.seal('x', 'other') }, /请求失败/],
  ])('an attempt fails with a reason in Chinese without a response: %s', async (_kind, fields, error) => {
    expect(await attempt(fields)).toMatchObject({ isDelivered: false, error: expect.stringMatching(error) })
    expect(endpoint.received).toHaveLength(0)
  })

  it('a response is read up to 64 KB and kept up to 1 KB, with echoed tokens masked', async () => {
    endpoint.respond = (response, { body }) => {
      response.write(body)
      const pour = () => response.writable && response.write('x'.repeat(4096), pour)
      pour()
    }
    const { isDelivered, responseExcerpt } = await attempt()
    expect(isDelivered).toBe(true)
    expect(responseExcerpt).toHaveLength(1024 - 2 * '你好小明'.length)
    expect(responseExcerpt).toContain('wx_****')
    expect(responseExcerpt).not.toContain(token)
  })
})
