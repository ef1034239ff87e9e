import { failWith } from '@/lib/errors'
import { backoffMs, sleep } from '@/lib/retry'
import { loginCode, loginState } from '@/worker/gateway/protocol/shapes'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import type { GatewayPosition } from '@/worker/gateway/session/position'
import { SessionOver, toLoginFailure, WechatCallError } from '@/worker/wechat/errors'

const codeTimeoutMs = 15_000
const pollTimeoutMs = 15_000
/** Codes of one login. */
const maxCodes = 3
/** A code is valid for 120 to 240 s. */
const maxCodeMs = 240_000
/** Consecutive failed polls after which a new code is requested. */
const maxFailedPolls = 10
/** Assumed: how a gateway asks for the number that the phone shows. */
const numberCodes = new Set([-300, -301])
const numberWords = /验证码/

type Code = { appId: string; uuid: string }

/**
 * Shows up to three login codes until a person has scanned and confirmed one. null: the connection was detached before.
 * @throws SessionOver when all codes are used up
 */
export async function logIn(session: GatewaySession): Promise<GatewayPosition | null> {
  for (let codes = 1; !session.signal.aborted; codes++) {
    const code = await showCode(session)
    if (!code) return null
    const position = await followCode(session, code)
    if (position) return position
    session.number.end({ outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'code_used_up') })
    if (codes >= maxCodes) throw new SessionOver('expired')
  }
  return null
}

/** Requests a code for the robot's device, whose id is stored before the code is shown. */
async function showCode(session: GatewaySession): Promise<Code | null> {
  const { client, events, store, signal, log, times } = session
  for (let failures = 0; !signal.aborted;) {
    try {
      const appId = await store.readAppId()
      const data = await client.call('/login/getLoginQrCode', { appId }, { timeoutMs: codeTimeoutMs })
      const parsed = loginCode.safeParse(data)
      if (!parsed.success) throw new WechatCallError('getLoginQrCode', 'unreadable', 'no code')
      const code = parsed.data
      if (code.appId !== appId) await store.saveAppId(code.appId)
      await events.push([{ type: 'qr_code', content: code.qrData }], null)
      return code
    } catch (error) {
      if (signal.aborted) return null
      log.warn({ err: error }, 'the gateway gave no login code, another attempt follows')
      const failure = toLoginFailure(error)
      if (++failures >= 2 && failure) await events.push([{ type: 'qr_code_failed', ...failure }], null)
      await sleep(backoffMs(failures, { minMs: Math.min(1_000, times.codePauseMs), maxMs: 15_000 }), signal)
    }
  }
  return null
}

/** Polls one code until the account is logged in. null: the code is used up, or the connection was detached. */
async function followCode(session: GatewaySession, code: Code): Promise<GatewayPosition | null> {
  const { events, signal, number, times, log } = session
  const endMs = performance.now() + maxCodeMs
  let shown = 'code'
  const show = async (what: string, act: () => Promise<unknown>) => {
    if (shown === what) return
    shown = what
    await act()
  }
  for (let failures = 0; !signal.aborted && performance.now() < endMs;) {
    try {
      const state = await poll(session, code)
      failures = 0
      if (state.status === 2 && state.loginInfo) {
        number.end({ outcome: 'accepted' })
        const { wxid, nickName: nickname } = state.loginInfo
        return { v: 1, appId: code.appId, wxid, nickname, cursor: 0 }
      }
      if (state.status === 4) return null
      if (state.url !== '') {
        number.end({ outcome: 'accepted' })
        // The operator scans the check like a code.
        await show(state.url, () => events.push([{ type: 'qr_code', content: state.url, isCheck: true }], null))
      } else if (state.status === 1) {
        number.end({ outcome: 'accepted' })
        await show('scanned', () => events.push([{ type: 'scanned', avatar: null }], null))
      }
    } catch (error) {
      if (signal.aborted) return null
      if (needsNumber(error)) {
        number.need()
        await show('number', () => events.push([{ type: 'number_needed' }], null))
        await number.wait(times.codePauseMs, signal)
        continue
      }
      log.warn({ err: error }, 'the state of a login code could not be read')
      if (isExpired(error) || ++failures > maxFailedPolls) return null
    }
    await sleep(times.codePauseMs, signal)
  }
  return null
}

async function poll({ client, number }: GatewaySession, code: Code) {
  const entered = number.takeEntered()
  const body = { ...code, ...(entered === null ? {} : { captchCode: entered }) }
  const data = await client.call('/login/checkLogin', body, { timeoutMs: pollTimeoutMs })
  const parsed = loginState.safeParse(data ?? {})
  if (!parsed.success) throw new WechatCallError('checkLogin', 'unreadable', 'no state')
  return parsed.data
}

function needsNumber(error: unknown): boolean {
  if (!(error instanceof WechatCallError) || error.failure !== 'ret') return false
  return numberCodes.has(error.ret ?? 0) || numberWords.test(error.detail)
}

function isExpired(error: unknown): boolean {
  return error instanceof WechatCallError && error.failure === 'ret' && /过期|expired/i.test(error.detail)
}
