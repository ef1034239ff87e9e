import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyPng } from '@/lib/testing/tiny-png'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import { decryptCallback, encryptCallback, signCallback } from '@/simulator/wecom/encrypt'

const account = 'wkSimulator0001'
const wxid = 'wxid_liwei0000102'
const customer = `wm${Buffer.from(wxid).toString('base64url')}`
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const token = 'callback-token'
let simulator: RunningSimulator
const closes: Array<() => unknown> = []

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 })
})
afterEach(async () => {
  await Promise.all(closes.splice(0).map((close) => close()))
  await simulator.stop()
})

async function control(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${simulator.origin}/sim/wecom${path}`, init)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
const chat = `/accounts/${account}/people/${wxid}`
const say = (text: string) => control(`${chat}/messages`, { type: 'text', text })

async function getToken(secret?: string) {
  const state = await control('/state')
  const query = new URLSearchParams({ corpid: state.corpId, corpsecret: secret ?? state.secret })
  return (await fetch(`${simulator.origin}/cgi-bin/gettoken?${query}`)).json()
}
async function call(path: string, body: object, accessToken?: string) {
  const used = accessToken ?? (await getToken()).access_token
  const init = { method: 'POST', body: JSON.stringify(body) }
  return (await fetch(`${simulator.origin}/cgi-bin/${path}?access_token=${used}`, init)).json()
}
const send = (content: string, more = {}) =>
  call('kf/send_msg', { touser: customer, open_kfid: account, msgtype: 'text', text: { content }, ...more })

describe('the encryption of callbacks', () => {
  it('the encryption of callbacks is that of the vendor’s package, in both directions', () => {
    for (const text of ['', 'x', '<xml>你好 👍</xml>', 'y'.repeat(5000)]) {
      expect(decrypt(aesKey, encryptCallback(aesKey, text, 'ww1'))).toMatchObject({ message: text, id: 'ww1' })
      expect(decryptCallback(aesKey, encrypt(aesKey, text, 'ww1'))).toEqual({ text, receiveId: 'ww1' })
    }
    expect(signCallback(token, '1', '2', 'z')).toBe(getSignature(token, '1', '2', 'z'))
  })

  it('a message of a customer reaches the callback URL signed, after the URL was verified', async () => {
    const received: { url: URL; body: string }[] = []
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost')
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        if (request.method === 'POST') received.push({ url, body })
        response.end(request.method === 'GET' ? decrypt(aesKey, url.searchParams.get('echostr') ?? '').message : '')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closes.push(() => server.close().closeAllConnections())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
    await control('/callback', { url, token, aesKey })
    await say('在吗')
    await expect.poll(() => received.length).toBe(1)
    const [{ url: called, body } = { url: new URL(url), body: '' }] = received
    const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? ''
    const query = (name: string) => called.searchParams.get(name) ?? ''
    expect(query('msg_signature')).toBe(getSignature(token, query('timestamp'), query('nonce'), encrypted))
    const { message } = decrypt(aesKey, encrypted)
    expect(message).toContain(`<OpenKfId><![CDATA[${account}]]>`)
    const syncToken = /<Token><!\[CDATA\[(.*?)\]\]>/.exec(message)?.[1]
    const { msg_list } = await call('kf/sync_msg', { open_kfid: account, token: syncToken })
    expect(msg_list).toMatchObject([{ external_userid: customer, text: { content: '在吗' } }])
    await expect(control('/callback', { url: `${simulator.origin}/no`, token, aesKey })).rejects.toThrow('409')
  })
})

describe('the access token', () => {
  it('the access token is the same until it expires, and a wrong secret gets none', async () => {
    const { access_token: first } = await getToken()
    expect((await getToken()).access_token).toBe(first)
    expect(await getToken('wrong')).toMatchObject({ errcode: 40001 })
    await control('/tokens/expire', {})
    expect(await call('kf/account/list', {}, first)).toMatchObject({ errcode: 42001 })
    expect(await call('kf/account/list', {}, 'other')).toMatchObject({ errcode: 40014 })
    expect(await call('kf/account/list', {})).toMatchObject({ account_list: [{ open_kfid: account }] })
  })

  it('the access token is of no use from an address that is not trusted', async () => {
    await control('/settings', { isIpRefused: true })
    expect(await call('kf/account/list', {})).toMatchObject({ errcode: 60020 })
  })
})

describe('the stream of an account', () => {
  it('the stream of an account can be read again from any cursor, in pages', async () => {
    for (const text of ['一', '二', '三']) await say(text)
    const first = await call('kf/sync_msg', { open_kfid: account, limit: 2 })
    expect(first).toMatchObject({ has_more: 1, msg_list: [{ origin: 3 }, { msgtype: 'text' }] })
    const next = { open_kfid: account, cursor: first.next_cursor }
    for (let time = 0; time < 2; time++)
      expect(await call('kf/sync_msg', next)).toMatchObject({ has_more: 0, msg_list: [{ text: { content: '三' } }] })
  })

  it('the stream of an account carries pictures, which are fetched by their id', async () => {
    await control(`${chat}/messages`, { type: 'image', bytesBase64: tinyPng.toString('base64') })
    const { msg_list } = await call('kf/sync_msg', { open_kfid: account })
    const { access_token: accessToken } = await getToken()
    const query = new URLSearchParams({ access_token: accessToken, media_id: msg_list[0].image.media_id })
    const response = await fetch(`${simulator.origin}/cgi-bin/media/get?${query}`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(tinyPng)
  })
})

describe('a send', () => {
  it('a send is allowed five times until the customer writes again, each msgid once', async () => {
    await say('在吗')
    expect(await send('0', { msgid: 'own-1' })).toMatchObject({ errcode: 0, msgid: 'own-1' })
    expect(await send('0', { msgid: 'own-1' })).toMatchObject({ errcode: 40058 })
    for (const text of ['1', '2', '3', '4']) expect(await send(text)).toMatchObject({ errcode: 0 })
    expect(await send('5')).toMatchObject({ errcode: 95001 })
    await say('还在吗')
    expect(await send('6')).toMatchObject({ errcode: 0 })
  })

  it('a send is refused for a text over 2,048 bytes', async () => {
    await say('在吗')
    expect(await send('字'.repeat(683))).toMatchObject({ errcode: 40058 })
    expect(await send('字'.repeat(682))).toMatchObject({ errcode: 0 })
  })

  it('a send is accepted after 48 hours, and reported as failed', async () => {
    await say('在吗')
    await control('/clock', { aheadMs: 48 * 3_600_000 })
    expect(await send('晚了', { msgid: 'late' })).toMatchObject({ errcode: 0 })
    const { msg_list } = await call('kf/sync_msg', { open_kfid: account })
    expect(msg_list.at(-1)).toMatchObject({
      msgtype: 'event',
      event: { event_type: 'msg_send_fail', fail_msgid: 'late', fail_type: 4 },
    })
  })

  it('a send is refused while an employee has the conversation', async () => {
    await say('在吗')
    await control(`${chat}/take-over`, {})
    expect(await send('我也在')).toMatchObject({ errcode: 95018 })
    await control(`${chat}/reply`, { text: '我是人工' })
    await control(`${chat}/end`, {})
    await say('谢谢')
    expect(await send('不客气')).toMatchObject({ errcode: 0 })
  })

  it('a welcome text is sent to a customer once, within 20 seconds', async () => {
    await control(`${chat}/enter`, {})
    const { msg_list } = await call('kf/sync_msg', { open_kfid: account })
    const welcome = { code: msg_list[0].event.welcome_code, msgtype: 'text', text: { content: '欢迎' } }
    expect(await call('kf/send_msg_on_event', welcome)).toMatchObject({ errcode: 0 })
    expect(await call('kf/send_msg_on_event', welcome)).toMatchObject({ errcode: 40058 })
  })
})
