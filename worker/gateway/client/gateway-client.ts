import type { Agent } from 'undici'
import { z } from 'zod'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { EgressRefusedError, HostUnresolvedError, openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import { readGatewayJson } from '@/lib/gateway/read-json'
import { describeTransportError, WechatCallError } from '@/worker/wechat/errors'

const maxJsonBytes = 16 * 1024 * 1024
const maxFileBytes = 20 * 1024 * 1024
/** Maximum length of the gateway's own words in a log. */
const maxReasonLength = 200

/** Where a gateway is, and what it lets us in with. */
export type GatewayAccess = { baseUrl: string; pathPrefix: string; tokenHeader: string; token: string }

type Options = {
  /** The current access, which an operator may change at any time. */
  access: GatewayAccess
  egress: EgressPolicy
  /** Checked before every call; while false none is made. */
  isLeaseValid: () => boolean
  /** Ends every call when the session is detached. */
  signal: AbortSignal
}

const integer = z.union([z.number(), z.string().transform(Number)]).pipe(z.int())
const envelope = z.object({ ret: integer, msg: z.string().catch(''), data: z.unknown().optional() })
const refusal = z.object({ code: integer.catch(500), msg: z.string().catch('') }).catch({ code: 500, msg: '' })

/**
 * The calls of one robot to its gateway. Each goes only where the egress policy allows, follows no redirect, has a deadline and a maximum
 * size, and fails with a WechatCallError that contains neither the token nor the request.
 */
export class GatewayClient {
  readonly #agent: Agent

  constructor(private readonly options: Options) {
    this.#agent = openGuardedAgent(options.egress, { maxResponseSize: maxFileBytes, keepAliveTimeout: 4_000 })
    options.signal.addEventListener('abort', () => void this.#agent.destroy().catch(() => undefined), { once: true })
  }

  /** Uses this access from now on. */
  setAccess(access: GatewayAccess): void {
    this.options.access = access
  }

  /** Calls the gateway and returns `data`. @throws WechatCallError, with the gateway's code for a refusal */
  async call(path: string, body: Record<string, unknown>, { timeoutMs }: { timeoutMs: number }): Promise<unknown> {
    const { baseUrl, pathPrefix, tokenHeader, token } = this.options.access
    const headers = { 'content-type': 'application/json', [tokenHeader]: token }
    const text = await this.#run(path, `${baseUrl}${pathPrefix}${path}`, timeoutMs, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return readData(path, text)
  }

  /** Downloads a file of up to 20 MiB. @throws WechatCallError */
  async download(url: string, { timeoutMs }: { timeoutMs: number }): Promise<Buffer> {
    return this.#run('download', url, timeoutMs, { method: 'GET' })
  }

  async #run(
    name: string,
    address: string,
    timeoutMs: number,
    init: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string },
  ): Promise<Buffer> {
    const { isLeaseValid, egress, signal } = this.options
    const url = URL.canParse(address) ? new URL(address) : null
    if (!url || egress.refuseUrl(url)) throw new WechatCallError(name, 'unreachable', 'an address that is not allowed')
    if (!isLeaseValid()) throw new WechatCallError(name, 'unreachable', 'the robot is not known to be ours')
    try {
      const { origin, pathname, search } = url
      const response = await this.#agent.request({
        ...init,
        origin,
        path: pathname + search,
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]),
      })
      if (response.statusCode !== 200) {
        response.body.on('error', () => undefined).destroy()
        throw new WechatCallError(name, 'unreadable', `HTTP ${response.statusCode}`)
      }
      return Buffer.from(await response.body.arrayBuffer())
    } catch (error) {
      throw describe(name, error)
    }
  }
}

function readData(name: string, bytes: Buffer): unknown {
  let value: unknown
  try {
    if (bytes.length > maxJsonBytes) throw new RangeError('too long')
    value = readGatewayJson(bytes.toString())
  } catch {
    throw new WechatCallError(name, 'unreadable', 'no JSON')
  }
  const parsed = envelope.safeParse(value)
  if (!parsed.success) throw new WechatCallError(name, 'unreadable', 'no ret')
  const { ret, msg, data } = parsed.data
  if (ret === 200 || ret === 0) return data
  const { code, msg: reason } = refusal.parse(data)
  throw new WechatCallError(name, 'ret', `ret ${ret}, code ${code}: ${(reason || msg).slice(0, maxReasonLength)}`, code)
}

function describe(name: string, error: unknown): WechatCallError {
  if (error instanceof EgressRefusedError || error instanceof HostUnresolvedError)
    return new WechatCallError(name, 'unreachable', error.name)
  const { code } = Object(error) as { code?: unknown }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new WechatCallError(name, 'unreadable', code)
  return describeTransportError(name, error)
}
