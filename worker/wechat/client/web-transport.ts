import { setImmediate } from 'node:timers/promises'
import { Agent, type Dispatcher, type FormData } from 'undici'
import { decodeBody } from '@/lib/egress/decode-body'
import { limitsOf } from '@/worker/wechat/client/call-limits'
import type { CallRegistry } from '@/worker/wechat/client/call-registry'
import { CookieJar } from '@/worker/wechat/client/cookie-jar'
import { resolveUrl } from '@/worker/wechat/client/wechat-hosts'
import { describeTransportError, WechatCallError } from '@/worker/wechat/errors'

/** A call to WeChat. `json` and `form` are its body; neither: it has none. */
export type WebCall = {
  /** Up to 40 characters of our own; names the call in errors and decides about its limits. */
  name: string
  method: 'GET' | 'POST'
  url: string
  query?: Record<string, string | number | boolean>
  headers?: Record<string, string>
  json?: unknown
  form?: FormData
  /** Accept a status outside of 200–299. */
  acceptsAnyStatus?: boolean
}

export type TransportOptions = {
  wechatOrigin: string | undefined
  calls: CallRegistry
  /** Checked before each call; while false, none is made. */
  isLeaseValid: () => boolean
}

const browserHeaders = {
  accept: 'application/json, text/plain, */*',
  'accept-encoding': 'gzip, deflate, br',
  'user-agent':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/111.0.0.0 Safari/537.36',
}

/**
 * Makes the calls of one login over connections of its own, which it keeps open between calls. A call is made only while `isLeaseValid`, only
 * to WeChat's hosts or `wechatOrigin`, and follows no redirect. It ends at its deadline or with the session, and fails with a WechatCallError,
 * which contains no secret. Nothing is sent twice.
 */
export class WebTransport {
  readonly cookies = new CookieJar()
  /** An idle connection closes before most servers close theirs. Deadlines are ours, so the agent has none of its own. */
  readonly #agent = new Agent({
    keepAliveTimeout: 4_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 10_000 },
  })

  constructor(private readonly options: TransportOptions) {}

  /** Makes a call and returns the bytes of its response. @throws WechatCallError */
  async call(call: WebCall): Promise<Buffer> {
    const { wechatOrigin, calls, isLeaseValid } = this.options
    const { name } = call
    const address = resolveUrl(call.url, wechatOrigin)
    if (!address) throw new WechatCallError(name, 'unreachable', 'not a WeChat address')
    const { timeoutMs, maxBytes } = limitsOf(name)
    try {
      return await calls.run(name, timeoutMs, async (signal) => {
        // Lets closed connections be noticed first: what is written to one may be lost, and the outcome is then unknown.
        await setImmediate()
        if (!isLeaseValid()) throw new WechatCallError(name, 'unreachable', 'the lease of the robot is not valid')
        const response = await this.#agent.request(this.#toRequest(call, new URL(address), signal))
        this.cookies.store(response.headers['set-cookie'])
        const { statusCode } = response
        if (!call.acceptsAnyStatus && (statusCode < 200 || statusCode > 299)) {
          response.body.on('error', () => undefined).destroy()
          throw new WechatCallError(name, 'unreadable', `HTTP ${statusCode}`)
        }
        return await readBody(name, response, maxBytes)
      })
    } catch (error) {
      throw describeTransportError(name, error)
    }
  }

  /** Ends all calls and closes all connections. */
  async close(): Promise<void> {
    await this.#agent.destroy()
  }

  #toRequest(call: WebCall, url: URL, signal: AbortSignal): Dispatcher.RequestOptions & { origin: string } {
    for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, String(value))
    const headers: Record<string, string> = { ...browserHeaders, cookie: this.cookies.header(), ...call.headers }
    if (call.json !== undefined) headers['content-type'] = 'application/json;charset=UTF-8'
    return {
      method: call.method,
      origin: url.origin,
      path: url.pathname + url.search,
      headers,
      body: call.form ?? (call.json === undefined ? null : JSON.stringify(call.json)),
      signal,
    }
  }
}

async function readBody(name: string, response: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const { body, headers } = response
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw new WechatCallError(name, 'unreadable', 'the response is too long')
    chunks.push(chunk)
  }
  const decoded = await decodeBody(Buffer.concat(chunks), String(headers['content-encoding'] ?? ''), maxBytes)
  if (!decoded.ok) throw new WechatCallError(name, 'unreadable', `an encoding that is ${decoded.why}`)
  return decoded.bytes
}
