import { type Agent, fetch, FormData, type RequestInit, type Response } from 'undici'
import { z } from 'zod'
import { readBytes } from '@/worker/wechat/read-bytes'
import type { AccessTokens } from '@/worker/wecom/client/access-tokens'
import {
  describeFetchError,
  ipRefusedCode,
  isRefused,
  isTokenStale,
  refusedAddressOf,
  WecomError,
} from '@/worker/wecom/client/wecom-error'
import { placeUrl, readJson } from '@/worker/wecom/client/wire'

const maxFileBytes = 20 * 1024 * 1024

export type WecomClientOptions = {
  connectorId: string
  tokens: AccessTokens
  /** Connects only to addresses that the egress policy allows. */
  agent: Agent
  /** Takes the place of WeCom's host; paths stay. */
  wecomOrigin: string | undefined
  /** Asked before every call; while false none is made. */
  isLeaseValid: () => boolean
  /** Ends every call when the session is detached. */
  signal: AbortSignal
}

type Read<Result> = (response: Response, name: string) => Promise<Result>

/**
 * The calls of one company to WeCom: each is made only while `isLeaseValid`, goes to WeCom's host or `wecomOrigin` only, follows no redirect,
 * has a deadline and bounds, and fails with a `WecomError` that holds no secret. A stale access token is renewed and the call repeated once.
 */
export class WecomClient {
  constructor(private readonly options: WecomClientOptions) {}

  /** Posts JSON; `path` such as `kf/send_msg`. @throws WecomError, also for an `errcode` that is not 0 */
  post(path: string, body: object, timeoutMs: number): Promise<unknown> {
    const headers = { 'content-type': 'application/json' }
    return this.#call(path, {}, { method: 'POST', body: JSON.stringify(body), headers }, timeoutMs, readJson)
  }

  /** Uploads a picture or a file for three days; returns its media id. @throws WecomError */
  async upload(
    type: 'image' | 'file',
    { bytes, contentType, fileName }: { bytes: Buffer; contentType: string; fileName: string },
    timeoutMs: number,
  ): Promise<string> {
    const form = new FormData()
    form.append('media', new Blob([new Uint8Array(bytes)], { type: contentType }), fileName)
    const value = await this.#call('media/upload', { type }, { method: 'POST', body: form }, timeoutMs, readJson)
    return z.object({ media_id: z.string().min(1).max(500) }).parse(value).media_id
  }

  /** Downloads a received file, maximum 20 MiB. @throws WecomError */
  download(mediaId: string, timeoutMs: number): Promise<Buffer> {
    return this.#call('media/get', { media_id: mediaId }, { method: 'GET' }, timeoutMs, async (response, name) => {
      // An error comes as JSON with HTTP 200, a file with the type of its bytes.
      if (/json|text\/plain/.test(response.headers.get('content-type') ?? '')) {
        await readJson(response, name)
        throw new WecomError(name, 'unreadable', 'no file')
      }
      if (response.status !== 200) throw new WecomError(name, 'unreadable', `HTTP ${response.status}`)
      return readBytes(response, maxFileBytes)
    })
  }

  async #call<Result>(
    path: string,
    query: Record<string, string>,
    init: RequestInit,
    timeoutMs: number,
    read: Read<Result>,
  ): Promise<Result> {
    const { tokens, connectorId, signal } = this.options
    const send = async (stale: string | null) => {
      const token = await tokens.get(connectorId, { stale, signal })
      const isSent = this.#send(path, { ...query, access_token: token }, init, timeoutMs, read)
      return { token, outcome: await isSent.catch((error: unknown) => describeFetchError(path, error)) }
    }
    let { token, outcome } = await send(null)
    if (isTokenStale(outcome)) ({ outcome } = await send(token))
    if (isRefused(outcome, ipRefusedCode)) await tokens.noteAddress(connectorId, refusedAddressOf(outcome.detail))
    if (outcome instanceof WecomError) throw outcome
    return outcome
  }

  async #send<Result>(
    path: string,
    query: Record<string, string>,
    init: RequestInit,
    timeoutMs: number,
    read: Read<Result>,
  ): Promise<Result> {
    if (!this.options.isLeaseValid()) throw new WecomError(path, 'unreachable', 'the robot is not known to be ours')
    const url = placeUrl(path, this.options.wecomOrigin, query)
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.options.signal])
    const { agent: dispatcher } = this.options
    return read(await fetch(url, { ...init, dispatcher, redirect: 'manual', signal }), path)
  }
}
