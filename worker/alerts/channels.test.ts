import { createHash, createHmac } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requestTest } from '@/lib/alert/test-channel'
import { newSigningSecret } from '@/lib/secret'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { openReceiver } from '@/worker/alerts/testing/open-receiver'
import { openAlerts } from '@/worker/alerts/testing/use-alerts'

let test: Awaited<ReturnType<typeof openAlerts>>
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeEach(async () => {
  test = await openAlerts()
  receiver = await openReceiver()
})
afterEach(async () => {
  receiver.close()
  await test.close()
})

/** HMAC by its definition (RFC 2104), independent of the library's HMAC. */
function hmacSha256(key: string, text: string): string {
  const blockBytes = 64
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const bytes = Buffer.from(key)
  const block = Buffer.concat([bytes.length > blockBytes ? sha256(bytes) : bytes], blockBytes)
  const mask = (byte: number) => Buffer.from(block.map((value) => value ^ byte))
  return sha256(mask(0x5c), sha256(mask(0x36), Buffer.from(text))).toString('base64')
}

async function sendTest(channelId: string) {
  await test.db.transaction((tx) => requestTest(tx, { channelId }))
  await test.alerts.sendTest({ channelId })
  const [channel] = await test.readChannels()
  return channel?.failureReason ?? null
}

async function givenLostRobot(nickname = '小店') {
  const robotId = await givenRobot(test.db, { nickname })
  const at = new Date()
  await givenSession(test.db, { robotId, state: 'ended', endReason: 'logged_in_elsewhere', onlineAt: at, endedAt: at })
  return robotId
}

it('the definition of HMAC in this file is right (RFC 4231, case 2)', () => {
  const hex = Buffer.from(hmacSha256('Jefe', 'what do ya want for nothing?'), 'base64').toString('hex')
  expect(hex).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  expect(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex')).toBe(hex)
})

it('飞书 receives a signed text that leads to the robot', async () => {
  const secrets = { url: `${receiver.origin}/open-apis/bot/v2/hook/1`, secret: 'feishu-secret' }
  await test.givenChannel({ type: 'feishu', secrets })
  await givenLostRobot()
  await test.run()
  const [{ json, url }] = receiver.received as [(typeof receiver.received)[number]]
  expect(url.pathname).toBe('/open-apis/bot/v2/hook/1')
  expect(json).toMatchObject({ msg_type: 'text', sign: hmacSha256(`${String(json['timestamp'])}\nfeishu-secret`, '') })
  expect(Math.abs(Number(json['timestamp']) - Date.now() / 1000)).toBeLessThan(10)
  expect(json['content']).toEqual({
    text: expect.stringMatching(
      /^wxbot 告警：机器人「小店」掉线：在别处登录了\n重新登录：https:\/\/wxbot\.example\/qr\/again\/\w{22}\.html$/,
    ),
  })
})

it('钉钉 receives the signature in the query, and keeps the access token of its URL', async () => {
  const secrets = { url: `${receiver.origin}/robot/send?access_token=t%2B1`, secret: 'SECdingtalk' }
  await test.givenChannel({ type: 'dingtalk', secrets })
  await givenLostRobot()
  await test.run()
  const [{ url, json }] = receiver.received as [(typeof receiver.received)[number]]
  const { access_token: token, timestamp = '', sign } = Object.fromEntries(url.searchParams)
  expect([token, sign]).toEqual(['t+1', hmacSha256('SECdingtalk', `${timestamp}\nSECdingtalk`)])
  expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(10_000)
  expect(json).toMatchObject({ msgtype: 'text', text: { content: expect.stringContaining('小店') } })
})

it('企业微信 receives a text within its 2048 bytes', async () => {
  await test.givenChannel({ type: 'wecom_group', secrets: { url: `${receiver.origin}/cgi-bin/webhook/send?key=k` } })
  for (let count = 0; count < 30; count++) await givenLostRobot(`商${'店'.repeat(50)}${count}`)
  await test.run()
  const [{ json }] = receiver.received as [(typeof receiver.received)[number]]
  const { content } = json['text'] as { content: string }
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048)
  expect(content).toMatch(/^wxbot 30 个问题\n[^\uFFFD]*…$/)
})

it('a webhook receives a body that is signed like a callback', async () => {
  const signingSecret = newSigningSecret()
  await test.givenChannel({ type: 'webhook', secrets: { url: `${receiver.origin}/hook?a=1`, signingSecret } })
  const robotId = await givenLostRobot()
  await test.run()
  const [{ body, headers }] = receiver.received as [(typeof receiver.received)[number]]
  expect(new Webhook(signingSecret).verify(body, headers as Record<string, string>)).toMatchObject({
    action: 'alert',
    data: { alerts: [{ kind: 'robot_offline', phase: 'opened', target_id: robotId }], more_count: 0 },
  })
})

it('names cannot mention everybody or begin a line of their own', async () => {
  await test.givenChannel({ type: 'feishu', secrets: { url: receiver.origin } })
  await givenLostRobot('<at user_id="all">x</at>\n伪造的一行')
  await test.run()
  const [{ json }] = receiver.received as [(typeof receiver.received)[number]]
  const { text } = json['content'] as { text: string }
  expect(text).not.toMatch(/<at/)
  expect(text.split('\n')).toHaveLength(2)
})

it.each([
  ['a refusal in the body', { status: 200, body: '{"code":19021,"msg":"sign match fail"}' }, 'alert_refused'],
  ['a page instead of JSON', { status: 200, body: '<html>' }, 'alert_unreadable'],
  ['an error status', { status: 502, body: '' }, 'http_status'],
  ['a redirect', { status: 302, body: '' }, 'http_redirect'],
] as const)('a test fails with the reason: %s', async (_what, response, reason) => {
  receiver.respond(response)
  const channelId = await test.givenChannel({ type: 'feishu', secrets: { url: receiver.origin } })
  expect(await sendTest(channelId)).toBe(reason)
})

it('a service that does not respond ends the attempt at its time limit', async () => {
  await test.close()
  test = await openAlerts({ timeoutMs: 200 })
  receiver.respond('silence')
  const channelId = await test.givenChannel({ type: 'feishu', secrets: { url: receiver.origin } })
  expect(await sendTest(channelId)).toBe('response_timeout')
})

it('a private address is not reached unless it is allowed, neither by HTTP nor by SMTP', async () => {
  await test.close()
  test = await openAlerts({ allow: [] })
  const hook = await test.givenChannel({ type: 'feishu', secrets: { url: receiver.origin } })
  expect(await sendTest(hook)).toBe('address_private')
  expect(receiver.received).toEqual([])
  await test.sql`delete from alert_channels`
  const settings = { host: '127.0.0.1', port: 25, security: 'none', from: 'a@example.com', to: ['b@example.com'] }
  expect(await sendTest(await test.givenChannel({ type: 'email', settings, secrets: {} }))).toBe('address_private')
})

/** A mail server that keeps what it receives. */
async function openMailServer(options: SMTPServerOptions = {}) {
  const mails: { from: string; to: string[]; source: string; user: string }[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('no')),
    onData(stream, { envelope, user }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        mails.push({ from, to, source: Buffer.concat(chunks).toString(), user: String(user ?? '') })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { mails, port: (server.server.address() as AddressInfo).port, close: () => server.close(() => {}) }
}

it('an email reaches every recipient with the subject, after a sign-in', async () => {
  const server = await openMailServer()
  const to = ['a@example.com', 'b@example.com']
  const settings = { host: '127.0.0.1', port: server.port, security: 'none', from: 'wxbot@example.com', to }
  await test.givenChannel({ type: 'email', language: 'en', settings, secrets: { user: 'me', password: 'right' } })
  await givenLostRobot('shop\r\nBcc: evil@example.com')
  await test.run()
  server.close()
  expect(server.mails).toMatchObject([{ from: 'wxbot@example.com', to, user: 'me' }])
  const { source } = server.mails[0]!
  expect(source).not.toMatch(/^Bcc:/m)
  const subject = /^Subject: ((?:.|\r\n )*)$/m.exec(source)?.[1] ?? ''
  const words = [...subject.matchAll(/=\?UTF-8\?Q\?(.*?)\?=/g)].map(([, word = '']) => word).join('')
  const bytes = words
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  expect(Buffer.from(bytes, 'latin1').toString()).toContain(
    'wxbot Alert: Robot “shop Bcc: evil@example.com” went offline',
  )
})

it('a wrong mail password is reported as such, and no secret is stored in the reason', async () => {
  const server = await openMailServer()
  const settings = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    from: 'a@example.com',
    to: ['b@example.com'],
  }
  const channelId = await test.givenChannel({
    type: 'email',
    settings,
    secrets: { user: 'me', password: 'wrong-secret' },
  })
  expect(await sendTest(channelId)).toBe('alert_mail_auth')
  server.close()
  expect(JSON.stringify(await test.readChannels())).not.toContain('wrong-secret')
})

it('a mail server without TLS is refused when the channel requires it', async () => {
  const server = await openMailServer()
  const settings = { host: '127.0.0.1', port: server.port, from: 'a@example.com', to: ['b@example.com'] }
  const channelId = await test.givenChannel({
    type: 'email',
    settings: { ...settings, security: 'starttls' },
    secrets: {},
  })
  expect(await sendTest(channelId)).toMatch(/^alert_mail_/)
  expect(server.mails).toEqual([])
  server.close()
})

it('a mail server whose certificate is not trusted receives no mail', async () => {
  // The server's own certificate is signed by itself.
  const server = await openMailServer({ secure: true })
  const settings = { host: '127.0.0.1', port: server.port, from: 'a@example.com', to: ['b@example.com'] }
  expect(await sendTest(await test.givenChannel({ type: 'email', settings, secrets: {} }))).toMatch(/^alert_mail_/)
  expect(server.mails).toEqual([])
  server.close()
})

it('a robot writes to its owner, and says why it cannot while it is offline', async () => {
  const applicationId = await givenApplication(test.db)
  const robotId = await givenRobot(test.db, { applicationId, connection: 'ilink', wechatUin: 'o9owner@im.wechat' })
  const channelId = await test.givenChannel({ type: 'robot_owner', robotId, secrets: {} }, applicationId)
  expect(await sendTest(channelId)).toBe('log_in_first')
  await givenSession(test.db, { robotId })
  await test.sql`insert into messages (id, robot_id, direction, state, type, content, peer_username)
    values ('msg_in', ${robotId}, 'in', 'received', 'text', '在吗', 'o9owner@im.wechat')`
  expect(await sendTest(channelId)).toBe(null)
  const rows = await test.sql`select peer_username as peer, content from messages where direction = 'out'`
  expect(rows).toMatchObject([{ peer: 'o9owner@im.wechat', content: 'wxbot 测试\n这是一条测试消息：告警会发到这里。' }])
})
