import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callIlinkControl } from '@/simulator/ilink/testing/call-ilink-control'
import { type RunningSimulator, startSimulator } from '@/simulator/start-simulator'

const wxid = 'wxid_liwei0000102'
let simulator: RunningSimulator
let control: ReturnType<typeof callIlinkControl>
beforeEach(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 50 })
  control = callIlinkControl(simulator.origin)
})
afterEach(() => simulator.stop())

type Reply = Record<string, unknown> & { ret?: number; status?: string }
async function call(path: string, body?: unknown, token?: string): Promise<Reply> {
  const response = await fetch(`${simulator.origin}/ilink/bot/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Reply
}

const newCode = async (localTokens: string[] = []) =>
  String((await call('get_bot_qrcode?bot_type=3', { local_token_list: localTokens }))['qrcode'])
const status = (qrcode: string, number?: string) =>
  call(`get_qrcode_status?qrcode=${qrcode}${number ? `&verify_code=${number}` : ''}`)
async function logIn(localTokens: string[] = []): Promise<Reply> {
  const qrcode = await newCode(localTokens)
  await control.post(`/codes/${qrcode}/scan`, { wxid })
  await control.post(`/codes/${qrcode}/confirm`)
  return status(qrcode)
}
const logInToken = async () => String((await logIn())['bot_token'])
const send = (token: string, text = '好的') =>
  call(
    'sendmessage',
    { msg: { to_user_id: `${wxid}@im.wechat`, item_list: [{ type: 1, text_item: { text } }] } },
    token,
  )
const write = (text: string) => control.post(`/people/${wxid}/messages`, { type: 'text', text })

describe('an iLink login', () => {
  it('reports wait, scaned and confirmed in this order', async () => {
    const qrcode = await newCode()
    expect(await status(qrcode)).toEqual({ status: 'wait' })
    await control.post(`/codes/${qrcode}/scan`, { wxid })
    expect(await status(qrcode)).toEqual({ status: 'scaned' })
    await control.post(`/codes/${qrcode}/confirm`)
    expect(await status(qrcode)).toMatchObject({ status: 'confirmed', ilink_user_id: `${wxid}@im.wechat` })
  })

  it('blocks the code after three wrong numbers', async () => {
    const qrcode = await newCode()
    await control.post(`/codes/${qrcode}/scan`, { wxid, number: '42' })
    expect(await status(qrcode)).toEqual({ status: 'need_verifycode' })
    const statuses = []
    for (const number of ['1', '2', '3']) statuses.push((await status(qrcode, number)).status)
    expect(statuses).toEqual(['need_verifycode', 'need_verifycode', 'verify_code_blocked'])
  })

  it('redirects the status polls to another host exactly once', async () => {
    const qrcode = await newCode()
    await control.post(`/codes/${qrcode}/scan`, { wxid, redirectHost: 'idc2.example' })
    expect(await status(qrcode)).toEqual({ status: 'scaned_but_redirect', redirect_host: 'idc2.example' })
    expect(await status(qrcode)).toEqual({ status: 'scaned' })
  })

  it('reports an expired code as expired', async () => {
    const qrcode = await newCode()
    await control.post(`/codes/${qrcode}/expire`)
    expect(await status(qrcode)).toEqual({ status: 'expired' })
  })

  it('returns binded_redirect when the client already holds a token of the person', async () => {
    const token = await logInToken()
    expect(await logIn([token])).toEqual({ status: 'binded_redirect' })
    expect(await call('getupdates', {}, token)).toMatchObject({ ret: 0 })
  })

  it('ends the token of the previous binding with -14', async () => {
    const token = await logInToken()
    await logIn()
    expect(await call('getupdates', {}, token)).toMatchObject({ ret: -14 })
  })
})

describe('iLink messages', () => {
  it('iLink messages are delivered once, even when the client sends an old cursor', async () => {
    const token = await logInToken()
    await write('在吗')
    expect((await call('getupdates', { get_updates_buf: '' }, token))['msgs']).toHaveLength(1)
    expect((await call('getupdates', { get_updates_buf: '' }, token))['msgs']).toHaveLength(0)
  })

  it('carry 64-bit ids as JSON numbers without quotes', async () => {
    const token = await logInToken()
    const { id } = await control.post<{ id: string }>(`/people/${wxid}/messages`, {
      type: 'text',
      text: '"msg_id":"1"',
    })
    const response = await fetch(`${simulator.origin}/ilink/bot/getupdates`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: '{}',
    })
    const text = await response.text()
    expect(text).toContain(`"message_id":${id},`)
    expect(text).toContain(String.raw`"text":"\"msg_id\":\"1\""`)
  })

  it('iLink messages to the person get -2 until the person writes, after ten messages and after 24 hours', async () => {
    const token = await logInToken()
    expect(await send(token)).toMatchObject({ ret: -2 })
    await write('在吗')
    for (let index = 0; index < 10; index++) expect(await send(token)).toMatchObject({ ret: 0 })
    expect(await send(token)).toMatchObject({ ret: -2 })
    await write('还在吗')
    expect(await send(token)).toMatchObject({ ret: 0 })
    await control.post('/clock', { aheadMs: 24 * 3_600_000 })
    expect(await send(token)).toMatchObject({ ret: -2 })
  })

  it('get -14 without a valid token', async () => {
    expect(await send('unknown')).toMatchObject({ ret: -14 })
  })
})
