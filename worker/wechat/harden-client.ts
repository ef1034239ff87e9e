import { z } from 'zod'
import type { CallRegistry } from './call-registry'
import type { StockAnswer, StockClient } from './stock-client'
import { describeTransportError, WechatCallError } from './wechat-errors'
import { placeUrl } from './wechat-hosts'

/** The messages after a file wait for it, so two looks at it take 30 s at most. */
const fileMs = 14_000
const fileCalls = new Set(['webwxgetmsgimg', 'webwxgetvoice', 'webwxgetvideo', 'webwxgetmedia'])

/** How long each call may take. WeChat holds the two polls for about 25 s. */
const timeoutsMs: Record<string, number> = {
  login: 40_000,
  synccheck: 40_000,
  webwxuploadmedia: 30_000,
  webwxgetmsgimg: fileMs,
  webwxgetvoice: fileMs,
  webwxgetvideo: fileMs,
  webwxgetmedia: fileMs,
  webwxlogout: 8_000,
}
const otherwiseMs = 15_000

const largestFileBytes = 20 * 1024 * 1024
const largestAnswerBytes = 64 * 1024 * 1024

/** Calls whose answer is no JSON with a BaseResponse. */
const otherAnswers = new Set(['jslogin', 'login', 'synccheck', 'webwxlogout', 'webwxnewloginpage', ...fileCalls])

/**
 * Makes the client's one way out safe: each call is made only while `mayCall`, goes to WeChat's hosts or `wechatOrigin` only,
 * follows no redirect, ends at a deadline or with the line, and fails with a WechatCallError that holds no secret.
 */
export function hardenClient(
  client: StockClient,
  { wechatOrigin, calls, mayCall }: { wechatOrigin?: string; calls: CallRegistry; mayCall: () => boolean },
): void {
  const send = client.request
  client.request = async (options) => {
    const name = callOf(options.url)
    const url = placeUrl(options.url, wechatOrigin)
    if (!url) throw new WechatCallError(name, 'unreachable', 'not an address of WeChat')
    if (!mayCall()) throw new WechatCallError(name, 'unreachable', 'the robot is not known to be ours')
    const limits = {
      maxRedirects: 0,
      maxContentLength: fileCalls.has(name) ? largestFileBytes : largestAnswerBytes,
      ...(wechatOrigin ? { proxy: false } : {}),
    }
    try {
      const answer = await calls.run(name, timeoutsMs[name] ?? otherwiseMs, (signal) =>
        send({ ...options, ...limits, url, signal } as Parameters<typeof send>[0]),
      )
      if (name === 'webwxnewloginpage') checkLoginPage(answer)
      if (!otherAnswers.has(name)) checkBaseResponse(name, answer)
      return answer
    } catch (error) {
      if (name === 'webwxnewloginpage') throw readLoginPage(error)
      throw describeTransportError(name, error)
    }
  }
}

/** The last part of the path: WeChat names its calls there, whatever the host. */
function callOf(url: string): string {
  return (/^[^?#]*\/(\w+)/.exec(url)?.[1] ?? 'call').slice(0, 40)
}

const withRet = z.object({ BaseResponse: z.object({ Ret: z.number() }) })

function checkBaseResponse(name: string, { data }: StockAnswer): void {
  if (typeof data !== 'object' || data === null || Buffer.isBuffer(data))
    throw new WechatCallError(name, 'unreadable', 'no JSON')
  const ret = withRet.safeParse(data).data?.BaseResponse.Ret
  if (ret === undefined) throw new WechatCallError(name, 'no_base_response', 'no BaseResponse')
  if (ret !== 0) throw new WechatCallError(name, 'ret', `Ret ${ret}`, ret)
}

/** A login comes as 301 with XML, which the stock client handles as an error; a refused one also as 200, which it overlooks. */
function readLoginPage(error: unknown): unknown {
  const { response } = Object(error) as { response?: StockAnswer }
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

function checkLoginPage({ data }: StockAnswer): void {
  const ret = /<ret>(-?\d+)<\/ret>/.exec(String(data))?.[1]
  if (ret === undefined) throw new WechatCallError('webwxnewloginpage', 'unreadable', 'no <ret>')
  if (ret !== '0') throw new WechatCallError('webwxnewloginpage', 'ret', `ret ${ret}`, Number(ret))
}

/** The stock login looks at `error.response.status` of whatever it catches. */
function withStatus(error: unknown): unknown {
  return Object.assign(Object(error), { response: { status: 0 } })
}
