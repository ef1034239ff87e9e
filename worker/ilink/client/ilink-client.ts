import { randomInt } from 'node:crypto'
import { type Agent, fetch, type RequestInit as UndiciRequest } from 'undici'
import { z } from 'zod'
import { deadTokenRet, describeFetchError, IlinkError } from '@/worker/ilink/client/ilink-error'
import { placeUrl } from '@/worker/ilink/client/place-url'
import { readWireJson } from '@/worker/ilink/client/read-json'
import { readBytes } from '@/worker/wechat/read-bytes'

/** The version of the vendor's client, whose protocol this is; `clientVersion` is `major << 16 | minor << 8 | patch`. */
const channelVersion = '2.4.9'
const clientVersion = '132105'
const baseInfo = { channel_version: channelVersion, bot_agent: 'wxbot/1.0' }

const maxJsonBytes = 8 * 1024 * 1024
const maxFileBytes = 20 * 1024 * 1024
const filesOrigin = 'https://novac2c.cdn.weixin.qq.com/c2c'

export type IlinkClientOptions = {
  /** Connects only to addresses that the egress policy allows. */
  agent: Agent
  ilinkOrigin: string | undefined
  /** Checked before every call; while it returns false, calls fail. */
  isLeaseValid: () => boolean
  /** Aborts every call when the session is detached. */
  signal: AbortSignal
}

type Call = { origin: string; path: string; timeoutMs: number; token?: string }

const envelope = z.object({
  ret: z.number().optional().catch(undefined),
  errcode: z.number().optional().catch(undefined),
})

/**
 * The calls of one robot to iLink. Each is made only while `isLeaseValid`, only to Tencent's hosts or `ilinkOrigin`, follows no
 * redirect, has a timeout and a maximum size, and fails with an `IlinkError` that contains no secret.
 */
export class IlinkClient {
  constructor(private readonly options: IlinkClientOptions) {}

  /** Posts JSON. @throws IlinkError, also for a `ret` or `errcode` that is not 0 */
  async post(call: Call, body: Record<string, unknown>, { hasBaseInfo = true } = {}): Promise<unknown> {
    const sent = JSON.stringify(hasBaseInfo ? { ...body, base_info: baseInfo } : body)
    return this.#json(call, { method: 'POST', body: sent, headers: this.#postHeaders(call.token) })
  }

  /** Reads JSON. @throws IlinkError */
  async get(call: Call): Promise<unknown> {
    return this.#json(call, { method: 'GET', headers: appHeaders })
  }

  /** Uploads encrypted bytes; returns the status and the two headers with the result. @throws IlinkError */
  async upload(
    target: { fullUrl: string } | { param: string; fileKey: string },
    bytes: Buffer,
    timeoutMs: number,
  ): Promise<{ status: number; param: string; refusal: string }> {
    const query = (values: Record<string, string>) => new URLSearchParams(values).toString()
    const url =
      'fullUrl' in target
        ? target.fullUrl
        : `${filesOrigin}/upload?${query({ encrypted_query_param: target.param, filekey: target.fileKey })}`
    const headers = { 'content-type': 'application/octet-stream' }
    return this.#run(
      'upload',
      url,
      timeoutMs,
      { method: 'POST', body: new Uint8Array(bytes), headers },
      async (response) => {
        await response.body?.cancel()
        const read = (name: string) => (response.headers.get(name) ?? '').slice(0, 2000)
        return { status: response.status, param: read('x-encrypted-param'), refusal: read('x-error-message') }
      },
    )
  }

  /** Downloads up to 20 MiB of encrypted bytes. @throws IlinkError */
  async download(source: { fullUrl: string } | { param: string }, timeoutMs: number): Promise<Buffer> {
    const url =
      'fullUrl' in source
        ? source.fullUrl
        : `${filesOrigin}/download?${new URLSearchParams({ encrypted_query_param: source.param })}`
    return this.#run('download', url, timeoutMs, { method: 'GET' }, async (response) => {
      if (response.status !== 200) throw new IlinkError('download', 'unreadable', `HTTP ${response.status}`)
      return readBytes(response, maxFileBytes)
    })
  }

  async #json(call: Call, init: RequestInit): Promise<unknown> {
    const name = call.path.replace(/\?.*/, '').split('/').at(-1) ?? ''
    return this.#run(name, call.origin + call.path, call.timeoutMs, init, async (response) => {
      if (response.status !== 200) throw new IlinkError(name, 'unreadable', `HTTP ${response.status}`)
      const value = await readBytes(response, maxJsonBytes)
        .then((bytes) => readWireJson(bytes.toString()))
        .catch((error: unknown) => {
          // A connection that breaks during the response is not an unreadable response.
          if (error instanceof SyntaxError || error instanceof RangeError)
            throw new IlinkError(name, 'unreadable', error.name)
          throw error
        })
      const parsed = envelope.safeParse(value)
      if (!parsed.success) throw new IlinkError(name, 'unreadable', 'no JSON object')
      const { ret = 0, errcode = 0 } = parsed.data
      const refusal = [ret, errcode].includes(deadTokenRet) ? deadTokenRet : ret || errcode
      if (refusal !== 0) throw new IlinkError(name, 'ret', `ret ${refusal}`, refusal)
      return value
    })
  }

  async #run<Result>(
    name: string,
    address: string,
    timeoutMs: number,
    init: RequestInit,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const { ilinkOrigin, isLeaseValid } = this.options
    const url = placeUrl(address, ilinkOrigin)
    if (!url) throw new IlinkError(name, 'unreachable', 'not an address of Tencent')
    if (!isLeaseValid()) throw new IlinkError(name, 'unreachable', 'the lease of the robot is not confirmed')
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.options.signal])
    try {
      const guarded = { ...init, redirect: 'manual', signal, dispatcher: this.options.agent }
      return await read((await fetch(url, guarded as UndiciRequest)) as unknown as Response)
    } catch (error) {
      throw describeFetchError(name, error)
    }
  }

  #postHeaders(token: string | undefined): Record<string, string> {
    return {
      ...appHeaders,
      'content-type': 'application/json',
      AuthorizationType: 'ilink_bot_token',
      'X-WECHAT-UIN': Buffer.from(String(randomInt(2 ** 32))).toString('base64'),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
  }
}

const appHeaders = { 'iLink-App-Id': 'bot', 'iLink-App-ClientVersion': clientVersion }
