import { failWith } from '@/lib/errors'
import { readOrigin } from '@/worker/ilink/client/place-url'
import { type CodeStatus, codeResponse, codeStatus } from '@/worker/ilink/protocol/shapes'
import type { IlinkSession } from '@/worker/ilink/session/ilink-session'
import { type IlinkPosition, readPosition } from '@/worker/ilink/session/position'
import { toLoginFailure } from '@/worker/ilink/session/outcomes'
import { backoffMs, sleep } from '@/lib/retry'
import { SessionOver } from '@/worker/wechat/errors'

/** Origin of all calls before the login, and after it if the login returns no other. */
const loginOrigin = 'https://ilinkai.weixin.qq.com'
const codeMs = 15_000
/** iLink holds a status request for up to 35 s. */
const statusMs = 40_000
/** Maximum QR codes per login, as in the vendor's client. */
const maxCodes = 3
/** Consecutive failures to get a QR code before the failure is reported. */
const reportedFailures = 3
/** Maximum consecutive failed status requests before a new code is requested. */
const maxFailedStatusCalls = 10
/** Maximum wait for a number between two status requests. */
const numberPauseMs = 3_000

type CodeEnd = { end: 'confirmed'; position: IlinkPosition } | { end: 'expired' | 'blocked' | 'lost' }

/**
 * Shows a maximum of three QR codes until one is scanned and confirmed; null: the connection was detached before.
 * @throws SessionOver if the login is refused or all codes have expired
 */
export async function logIn(
  session: IlinkSession,
  readPrevious: () => Promise<string | null>,
): Promise<IlinkPosition | null> {
  const previous = await readPrevious().catch((error: unknown) => {
    session.log.warn({ err: error }, 'the previous session cannot be read')
    return null
  })
  const own = previous === null ? null : readPosition(previous)
  for (let codes = 1; !session.signal.aborted; codes++) {
    const qrcode = await showCode(session, own)
    if (qrcode === null) return null
    const outcome = await followCode(session, qrcode, own)
    if (outcome?.end === 'confirmed') return outcome.position
    if (codes >= maxCodes) throw new SessionOver(outcome?.end === 'blocked' ? 'login_refused' : 'expired')
  }
  return null
}

/** Fetches and shows a QR code; null: the connection was detached before. */
async function showCode(session: IlinkSession, own: IlinkPosition | null): Promise<string | null> {
  const { client, events, signal } = session
  for (let failures = 0; !signal.aborted;) {
    try {
      const call = { origin: loginOrigin, path: '/ilink/bot/get_bot_qrcode?bot_type=3', timeoutMs: codeMs }
      // Only this robot's own token: the response does not contain which of several tokens the person is bound to.
      const body = { local_token_list: own ? [own.token] : [] }
      const code = codeResponse.parse(await client.post(call, body, { hasBaseInfo: false }))
      await events.push([{ type: 'qr_code', content: code.qrcode_img_content }], null)
      return code.qrcode
    } catch (error) {
      if (signal.aborted) return null
      session.log.warn({ err: error }, 'iLink returned no QR code, the request is retried')
      if (++failures >= reportedFailures)
        await events.push([{ type: 'qr_code_failed', ...toLoginFailure(error) }], null)
      await sleep(backoffMs(failures, { minMs: session.times.codePauseMs, maxMs: 15_000 }), signal)
    }
  }
  return null
}

/** Requests the status of a QR code until it is confirmed or has expired; null: the connection was detached before. */
async function followCode(session: IlinkSession, qrcode: string, own: IlinkPosition | null): Promise<CodeEnd | null> {
  const { events, signal, number, times } = session
  let origin = loginOrigin
  let shown: 'code' | 'number' | 'scanned' = 'code'
  for (let failures = 0; !signal.aborted;) {
    const status = await fetchStatus(session, { origin, qrcode })
    failures = status === null ? failures + 1 : 0
    if (failures > maxFailedStatusCalls) return endCode(session, 'lost')
    switch (status?.status) {
      case 'confirmed':
        number.end({ outcome: 'accepted' })
        return { end: 'confirmed', position: readConfirmation(session, status, origin) }
      case 'binded_redirect':
        number.end({ outcome: 'accepted' })
        if (!own) throw new SessionOver('login_refused')
        return { end: 'confirmed', position: own }
      case 'expired':
        return endCode(session, 'expired')
      case 'verify_code_blocked':
        return endCode(session, 'blocked')
      case 'need_verifycode':
        number.need()
        if (shown !== 'number') await events.push([{ type: 'number_needed' }], null)
        shown = 'number'
        await number.wait(numberPauseMs, signal)
        continue
      case 'scaned_but_redirect':
        origin = readOrigin(`https://${status.redirect_host}`, session.ilinkOrigin) ?? origin
        continue
      case 'scaned':
        number.end({ outcome: 'accepted' })
        if (shown !== 'scanned') await events.push([{ type: 'scanned', avatar: null }], null)
        shown = 'scanned'
        break
      default:
        break
    }
    await sleep(times.codePauseMs, signal)
  }
  return null
}

/** Returns the status of a QR code; null: no readable response in time. */
async function fetchStatus(
  { client, log, number, signal }: IlinkSession,
  { origin, qrcode }: { origin: string; qrcode: string },
): Promise<CodeStatus | null> {
  const entered = number.takeEntered()
  const query = new URLSearchParams({ qrcode, ...(entered === null ? {} : { verify_code: entered }) })
  try {
    const path = `/ilink/bot/get_qrcode_status?${query}`
    return codeStatus.parse(await client.get({ origin, path, timeoutMs: statusMs }))
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'the status of a QR code cannot be read')
    return null
  }
}

function endCode({ number }: IlinkSession, end: 'expired' | 'blocked' | 'lost'): CodeEnd {
  number.end({ outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'code_used_up') })
  return { end }
}

/** @throws SessionOver for a confirmation without bot, user or token */
function readConfirmation({ ilinkOrigin }: IlinkSession, status: CodeStatus, origin: string): IlinkPosition {
  const { bot_token: token, ilink_bot_id: botId, ilink_user_id: userId, baseurl } = status
  if (!token || !botId || !userId) throw new SessionOver('login_refused')
  const baseUrl = readOrigin(baseurl, ilinkOrigin) ?? (baseurl ? origin : loginOrigin)
  return { v: 1, token, botId, userId, baseUrl, cursor: '', contexts: {}, lastSeq: 0 }
}
