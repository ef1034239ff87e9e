import { z } from 'zod'
import type { CallRegistry } from '@/worker/wechat/client/call-registry'
import type { VendorResponse, VendorClient } from '@/worker/wechat/client/vendor-client'
import { describeTransportError, WechatCallError } from '@/worker/wechat/errors'
import { resolveUrl } from '@/worker/wechat/client/wechat-hosts'

/** Messages after a file wait for it; two attempts take at most 30 s. */
const fileTimeoutMs = 14_000
const fileCalls = new Set(['webwxgetmsgimg', 'webwxgetvoice', 'webwxgetvideo', 'webwxgetmedia'])

/** Deadline per call. WeChat holds the two long polls for about 25 s. */
const timeoutMsByCall: Record<string, number> = {
  login: 40_000,
  synccheck: 40_000,
  webwxuploadmedia: 30_000,
  webwxgetmsgimg: fileTimeoutMs,
  webwxgetvoice: fileTimeoutMs,
  webwxgetvideo: fileTimeoutMs,
  webwxgetmedia: fileTimeoutMs,
  webwxlogout: 8_000,
}
const defaultTimeoutMs = 15_000

const maxFileBytes = 20 * 1024 * 1024
const maxResponseBytes = 64 * 1024 * 1024

/** Calls whose response is not JSON with a BaseResponse. */
const callsWithoutBaseResponse = new Set([
  'jslogin',
  'login',
  'synccheck',
  'webwxlogout',
  'webwxnewloginpage',
  ...fileCalls,
])

/**
 * Restricts all calls of the client: a call is made only while `isLeaseValid`, only to WeChat's hosts or `wechatOrigin`, and follows no
 * redirect. It ends at its deadline or with the session, and fails with a WechatCallError, which contains no secret.
 */
export function hardenClient(
  client: VendorClient,
  { wechatOrigin, calls, isLeaseValid }: { wechatOrigin?: string; calls: CallRegistry; isLeaseValid: () => boolean },
): void {
  const send = client.request
  client.request = async (options) => {
    const name = callNameOf(options.url)
    const url = resolveUrl(options.url, wechatOrigin)
    if (!url) throw new WechatCallError(name, 'unreachable', 'not a WeChat address')
    if (!isLeaseValid()) throw new WechatCallError(name, 'unreachable', 'the lease of the robot is not valid')
    const limits = {
      maxRedirects: 0,
      maxContentLength: fileCalls.has(name) ? maxFileBytes : maxResponseBytes,
      ...(wechatOrigin ? { proxy: false } : {}),
    }
    try {
      const response = await calls.run(name, timeoutMsByCall[name] ?? defaultTimeoutMs, (signal) =>
        send({ ...options, ...limits, url, signal } as Parameters<typeof send>[0]),
      )
      if (name === 'webwxnewloginpage') checkLoginPage(response)
      if (!callsWithoutBaseResponse.has(name)) checkBaseResponse(name, response)
      return response
    } catch (error) {
      if (name === 'webwxnewloginpage') throw readLoginPage(error)
      throw describeTransportError(name, error)
    }
  }
}

/** Returns the last segment of the path, where WeChat names its calls on every host. */
function callNameOf(url: string): string {
  return (/^[^?#]*\/(\w+)/.exec(url)?.[1] ?? 'call').slice(0, 40)
}

const withRet = z.object({ BaseResponse: z.object({ Ret: z.number() }) })

function checkBaseResponse(name: string, { data }: VendorResponse): void {
  if (typeof data !== 'object' || data === null || Buffer.isBuffer(data))
    throw new WechatCallError(name, 'unreadable', 'no JSON')
  const ret = withRet.safeParse(data).data?.BaseResponse.Ret
  if (ret === undefined) throw new WechatCallError(name, 'no_base_response', 'no BaseResponse')
  if (ret !== 0) throw new WechatCallError(name, 'ret', `Ret ${ret}`, ret)
}

/** WeChat responds to a login with 301 and XML, which the vendor client treats as an error; a refused login may also be a 200, which it ignores. */
function readLoginPage(error: unknown): unknown {
  const { response } = Object(error) as { response?: VendorResponse }
  if (response?.status === 301) {
    try {
      checkLoginPage(response)
      return error
    } catch (refusal) {
      return withStatus(refusal)
    }
  }
  return withStatus(describeTransportError('webwxnewloginpage', error))
}

function checkLoginPage({ data }: VendorResponse): void {
  const ret = /<ret>(-?\d+)<\/ret>/.exec(String(data))?.[1]
  if (ret === undefined) throw new WechatCallError('webwxnewloginpage', 'unreadable', 'no <ret>')
  if (ret !== '0') throw new WechatCallError('webwxnewloginpage', 'ret', `ret ${ret}`, Number(ret))
}

/** The vendor's login reads `error.response.status` of every error it catches. */
function withStatus(error: unknown): unknown {
  return Object.assign(Object(error), { response: { status: 0 } })
}
