import { z } from 'zod'
import { makeClientId, type WebClient } from '@/worker/wechat/client/web-client'
import { storeSyncKeys } from '@/worker/wechat/client/sync-calls'
import { WechatCallError } from '@/worker/wechat/errors'
import { type LoginPoll, parseCode, parseLoginPoll } from '@/worker/wechat/protocol/parse-script'
import { readXml } from '@/worker/wechat/protocol/read-xml'

const codeQuery =
  'appid=wx782c26e4c19acffb&fun=new&lang=zh-CN&redirect_uri=https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?mod=desktop'

/** Requests the id of a new QR code. */
export async function requestQrCode({ host, transport }: WebClient): Promise<string> {
  const url = `https://login.${host}/jslogin?${codeQuery}`
  const uuid = parseCode(String(await transport.call({ name: 'jslogin', method: 'POST', url })))
  if (!uuid) throw new WechatCallError('jslogin', 'unreadable', 'no code')
  return uuid
}

/** Polls the state of a QR code; WeChat holds the request for up to about 25 s. */
export async function pollLogin(client: WebClient, uuid: string): Promise<LoginPoll> {
  const query = { tip: 0, uuid, loginicon: true, r: ~Date.now() }
  const poll = parseLoginPoll(await client.getScript('login.', 'login', query))
  if (!poll) throw new WechatCallError('login', 'unreadable', 'no login poll')
  return poll
}

/** With these headers WeChat takes the client for its own desktop one, and admits accounts that it refuses to a browser. */
const desktopHeaders = {
  'client-version': '2.0.0',
  referer: 'https://wx.qq.com/?&lang=zh_CN&target=t',
  extspam:
    'Go8FCIkFEokFCggwMDAwMDAwMRAGGvAESySibk50w5Wb3uTl2c2h64jVVrV7gNs06GFlWplHQbY/5FfiO++1yH4ykCyNPWKXmco+wfQzK5R98D3so7rJ5LmGFvBLjGceleySrc3SOf2Pc1gVehzJgODeS0lDL3/I/0S2SSE98YgKleq6Uqx6ndTy9yaL9qFxJL7eiA/R3SEfTaW1SBoSITIu+EEkXff+Pv8NHOk7N57rcGk1w0ZzRrQDkXTOXFN2iHYIzAAZPIOY45Lsh+A4slpgnDiaOvRtlQYCt97nmPLuTipOJ8Qc5pM7ZsOsAPPrCQL7nK0I7aPrFDF0q4ziUUKettzW8MrAaiVfmbD1/VkmLNVqqZVvBCtRblXb5FHmtS8FxnqCzYP4WFvz3T0TcrOqwLX1M/DQvcHaGGw0B0y4bZMs7lVScGBFxMj3vbFi2SRKbKhaitxHfYHAOAa0X7/MSS0RNAjdwoyGHeOepXOKY+h3iHeqCvgOH6LOifdHf/1aaZNwSkGotYnYScW8Yx63LnSwba7+hESrtPa/huRmB9KWvMCKbDThL/nne14hnL277EDCSocPu3rOSYjuB9gKSOdVmWsj9Dxb/iZIe+S6AiG29Esm+/eUacSba0k8wn5HhHg9d4tIcixrxveflc8vi2/wNQGVFNsGO6tB5WF0xf/plngOvQ1/ivGV/C1Qpdhzznh0ExAVJ6dwzNg7qIEBaw+BzTJTUuRcPk92Sn6QDn2Pu3mpONaEumacjW4w6ipPnPw+g2TfywJjeEcpSZaP4Q3YV5HG8D6UjWA4GSkBKculWpdCMadx0usMomsSS/74QgpYqcPkmamB4nVv1JxczYITIqItIKjD35IGKAUwAA==',
}

/** Maximum length of the login page, and of one credential in it. */
const maxPageLength = 20_000
const maxCredentialLength = 1_000

/**
 * Opens a confirmed login: WeChat responds with status 301, XML and cookies. Returns whether it has credentials.
 * @throws WechatCallError, with the ret of a refusal
 */
export async function openLogin({ transport, credentials }: WebClient, redirectUri: string): Promise<boolean> {
  const name = 'webwxnewloginpage'
  const call = { name, method: 'GET', url: redirectUri, headers: desktopHeaders, acceptsAnyStatus: true } as const
  const page = readXml(String(await transport.call(call)).slice(0, maxPageLength))
  const read = (field: string) => page.textOf(`error/${field}`).slice(0, maxCredentialLength)
  const ret = read('ret')
  if (!/^-?\d{1,9}$/.test(ret)) throw new WechatCallError(name, 'unreadable', 'no <ret>')
  if (ret !== '0') throw new WechatCallError(name, 'ret', `ret ${ret}`, Number(ret))
  const cookie = (field: string) => transport.cookies.get(field)
  Object.assign(credentials, {
    uin: cookie('wxuin') ?? read('wxuin'),
    sid: cookie('wxsid') ?? read('wxsid'),
    skey: read('skey'),
    passTicket: cookie('pass_ticket') ?? read('pass_ticket'),
    dataTicket: cookie('webwx_data_ticket') ?? '',
  })
  return credentials.sid !== ''
}

const initialized = z.object({
  SKey: z.string().max(maxCredentialLength).catch(''),
  User: z.object({
    UserName: z.string().max(200).catch(''),
    NickName: z.string().max(4_000).catch(''),
    Uin: z.number().catch(0),
  }),
})

/** Starts the session: fetches the account, its recent chats and the start of the stream. */
export async function initialize(client: WebClient): Promise<Record<string, unknown>> {
  const { credentials } = client
  const query = { pass_ticket: credentials.passTicket, r: Math.ceil(Date.now() / -1_579) }
  const response = await client.post('webwxinit', {}, query)
  const { SKey, User } = initialized.parse(response)
  if (SKey) credentials.skey = SKey
  storeSyncKeys(credentials, response)
  client.self = { username: User.UserName, nickname: User.NickName, uin: User.Uin }
  return response
}

/** Notifies the phone of the web client; WeChat then lists the account's chats. */
export async function notifyPhone(client: WebClient): Promise<void> {
  const { username } = client.self
  const body = { Code: 3, FromUserName: username, ToUserName: username, ClientMsgId: makeClientId() }
  await client.post('webwxstatusnotify', body, { pass_ticket: client.credentials.passTicket, lang: 'zh_CN' })
}
