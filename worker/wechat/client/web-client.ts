import type { FormData } from 'undici'
import { z } from 'zod'
import { type TransportOptions, type WebCall, WebTransport } from '@/worker/wechat/client/web-transport'
import { WechatCallError } from '@/worker/wechat/errors'

/** The credentials of a login and its place in WeChat's stream. They give full control of the account. */
export type Credentials = {
  uin: string
  sid: string
  skey: string
  passTicket: string
  /** The cookie that uploads and downloads also carry as a parameter. */
  dataTicket: string
  /** Where `sync` continues. */
  syncKey: unknown
  /** Where `synccheck` continues, as one string. */
  syncCheckKey: string
}

/** The account as WeChat names it in this login. */
export type Self = { username: string; nickname: string; uin: number }

/** WeChat has a host of its own for some calls, which differs only in its first label. */
type Service = '' | 'login.' | 'file.' | 'webpush.'
type Query = NonNullable<WebCall['query']>

/** One login of WeChat's web client: its credentials, and the ways to call with them. The other files of this folder have the calls. */
export class WebClient {
  readonly credentials: Credentials = {
    uin: '',
    sid: '',
    skey: '',
    passTicket: '',
    dataTicket: '',
    syncKey: { Count: 0, List: [] },
    syncCheckKey: '',
  }
  self: Self = { username: '', nickname: '', uin: 0 }
  /** The WeChat host that the login redirected to. */
  host = 'wx.qq.com'
  readonly transport: WebTransport

  constructor(options: TransportOptions) {
    this.transport = new WebTransport(options)
  }

  /** Posts `body` with the credentials. Returns the response, whose Ret is 0. @throws WechatCallError, with the Ret of a refusal */
  async post(name: string, body: Record<string, unknown>, query: Query = {}): Promise<Record<string, unknown>> {
    const json = { BaseRequest: this.baseRequest(), ...body }
    return readAccepted(
      name,
      await this.transport.call({ name, method: 'POST', url: this.#address(name), query, json }),
    )
  }

  /** Gets a response whose Ret is 0. @throws WechatCallError, with the Ret of a refusal */
  async get(name: string, query: Query): Promise<Record<string, unknown>> {
    return readAccepted(name, await this.transport.call({ name, method: 'GET', url: this.#address(name), query }))
  }

  /** Gets the script with which WeChat responds to a poll. */
  async getScript(service: Service, name: string, query: Query): Promise<string> {
    const url = this.#address(name, service)
    return String(await this.transport.call({ name, method: 'GET', url, query }))
  }

  /** Gets a file of up to 20 MiB. */
  async getFile(
    name: string,
    query: Query,
    { service, headers = {} }: { service?: Service; headers?: Record<string, string> } = {},
  ): Promise<Buffer> {
    return this.transport.call({ name, method: 'GET', url: this.#address(name, service), query, headers })
  }

  /** Posts a form to the host for files. @throws WechatCallError, with the Ret of a refusal */
  async postForm(name: string, form: FormData, query: Query): Promise<Record<string, unknown>> {
    const url = this.#address(name, 'file.')
    return readAccepted(name, await this.transport.call({ name, method: 'POST', url, query, form }))
  }

  /** Logs the account out at WeChat. */
  async logOut(): Promise<void> {
    const name = 'webwxlogout'
    const query = { redirect: 1, type: 0, skey: this.credentials.skey, lang: 'zh_CN' }
    await this.transport.call({ name, method: 'POST', url: this.#address(name), query, acceptsAnyStatus: true })
  }

  /** Returns the credentials in the form that most bodies carry. */
  baseRequest(): Record<string, unknown> {
    const { uin, sid, skey } = this.credentials
    return { Uin: Number.parseInt(uin, 10), Sid: sid, Skey: skey, DeviceID: makeDeviceId() }
  }

  async close(): Promise<void> {
    await this.transport.close()
  }

  #address(name: string, service: Service = ''): string {
    return `https://${service}${this.host}/cgi-bin/mmwebwx-bin/${name}`
  }
}

/** Returns an id as WeChat's page makes one for each call. */
export function makeDeviceId(): string {
  return `e${Math.random().toFixed(15).slice(2)}`
}

/** Returns an id for a message or an upload, which WeChat returns with it. */
export function makeClientId(): number {
  return Math.ceil(Date.now() * 1_000)
}

const accepted = z.looseObject({ BaseResponse: z.object({ Ret: z.number() }) })

function readAccepted(name: string, bytes: Buffer): Record<string, unknown> {
  const data = parseJson(bytes)
  if (typeof data !== 'object' || data === null) throw new WechatCallError(name, 'unreadable', 'no JSON')
  const response = accepted.safeParse(data).data
  if (!response) throw new WechatCallError(name, 'no_base_response', 'no BaseResponse')
  const { Ret } = response.BaseResponse
  if (Ret !== 0) throw new WechatCallError(name, 'ret', `Ret ${Ret}`, Ret)
  return response
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return null
  }
}
