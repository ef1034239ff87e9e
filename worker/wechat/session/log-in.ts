import { backoffMs, retry, sleep } from '@/lib/retry'
import { initialize, openLogin, pollLogin, requestQrCode } from '@/worker/wechat/client/login-calls'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import { initResponse } from '@/worker/wechat/protocol/raw-shapes'
import { offlineReasonOfError, SessionOver, toLoginFailure, WechatCallError } from '@/worker/wechat/errors'
import { readRedirectHost } from '@/worker/wechat/client/wechat-hosts'

/** Limit for a login that its caller forgot; callers give up earlier. */
const maxLoginMs = 15 * 60_000
const minPollMs = 500
/** Consecutive failures before `qr_code_failed` is emitted. */
const minReportedFailures = 3

/**
 * Emits QR codes until one is scanned and confirmed, then opens the session. Retries failures with a growing pause.
 * @throws SessionOver if WeChat refuses this account, or after 15 minutes
 */
export async function logIn(session: WechatSession): Promise<void> {
  const startedAtMs = performance.now()
  for (let failures = 0; !session.signal.aborted;) {
    if (performance.now() - startedAtMs > maxLoginMs) throw new SessionOver('expired')
    try {
      const redirectUri = await emitQrCode(session)
      failures = 0
      if (redirectUri && (await openConfirmed(session, redirectUri))) return
      await sleep(1_000, session.signal)
    } catch (error) {
      if (offlineReasonOfError(error)) throw error
      if (!session.signal.aborted) session.log.warn({ err: error }, 'login failed, retrying')
      const failure = failures + 1 >= minReportedFailures ? toLoginFailure(error) : null
      if (failure) await session.events.push([{ type: 'qr_code_failed', ...failure }], null)
      await sleep(backoffMs(++failures, { minMs: 1_000, maxMs: 15_000 }), session.signal)
    }
  }
}

/** Emits one QR code and polls it until it ends; returns the redirect of the confirmed login. null: the code has expired. */
async function emitQrCode({ client, events, signal }: WechatSession): Promise<string | null> {
  const uuid = await requestQrCode(client)
  await events.push([{ type: 'qr_code', content: `https://login.weixin.qq.com/l/${uuid}` }], null)
  let failures = 0
  let isScanned = false
  while (!signal.aborted) {
    const polledAtMs = performance.now()
    try {
      const poll = await pollLogin(client, uuid)
      failures = 0
      if (poll.state === 'over') return null
      if (poll.state === 'confirmed') return poll.redirectUri
      if (poll.state === 'scanned' && !isScanned) {
        isScanned = true
        await events.push([{ type: 'scanned', avatar: poll.avatar }], null)
      }
    } catch (error) {
      // The code can outlive a short outage; after a longer one a new code is faster.
      if (++failures > 3) throw error
      await sleep(backoffMs(failures, { minMs: 1_000, maxMs: 4_000 }), signal)
    }
    await sleep(minPollMs - (performance.now() - polledAtMs), signal)
  }
  return null
}

/** Opens the confirmed session; returns false if the redirect leads away from WeChat. */
async function openConfirmed(session: WechatSession, redirectUri: string): Promise<boolean> {
  const { client, wechatOrigin, log } = session
  const host = readRedirectHost(redirectUri, wechatOrigin)
  if (!host) {
    log.error('login redirect to a host that is not WeChat was not followed')
    return false
  }
  client.host = host
  try {
    if (!(await openLogin(client, redirectUri))) throw new SessionOver('login_refused')
  } catch (error) {
    if (error instanceof WechatCallError && error.failure === 'ret') throw new SessionOver('login_refused')
    throw error
  }
  await initSession(session)
  return true
}

/** Fetches the account, its recent chats and the start of the stream. Retries, so that a short failure does not waste the scan. */
async function initSession(session: WechatSession): Promise<void> {
  const init = async () => {
    const { ContactList } = initResponse.parse(await initialize(session.client))
    for (const contact of ContactList) session.book.put(contact)
  }
  await retry(init, {
    minMs: 500,
    maxMs: 5_000,
    signal: session.signal,
    onFailure: (error, failures) => {
      if (offlineReasonOfError(error) || failures > 5) throw error
    },
  })
}
