import { sleep } from '@/lib/retry'
import { fetchAddressBook, fetchRooms } from '@/worker/gateway/session/address-book'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import { writePosition } from '@/worker/gateway/session/position'
import { receiveEvents } from '@/worker/gateway/session/receive-events'
import { outageCauseOf, SessionOver, WechatCallError } from '@/worker/wechat/errors'

const checkTimeoutMs = 15_000
const reconnectTimeoutMs = 30_000
const roomsWithinMs = 60_000
/** Consecutive failed checks that count as an outage. */
const failuresOfAnOutage = 2
/** Refused checks after which the gateway no longer knows the device or the token. */
const refusalsOfADeadDevice = 3

/**
 * Follows an account for as long as its session lives: receives its stored callbacks, and checks whether it is online. An outage of the
 * gateway is reported, and the robot waits until it ends. Resolves when the connection is detached. @throws SessionOver when the account is logged out
 */
export async function followAccount(session: GatewaySession, { isNewLogin }: { isNewLogin: boolean }): Promise<void> {
  const { signal, times, log } = session
  let [failures, refusals] = [0, 0]
  let nextCheckMs = isNewLogin ? performance.now() + times.checkMs : 0
  if (isNewLogin) await reportOnline(session)
  await setCallback(session)
  void loadAddressBook(session)
  while (!signal.aborted) {
    if (session.isCheckDue || performance.now() >= nextCheckMs) {
      session.isCheckDue = false
      try {
        await requireOnline(session)
        ;[failures, refusals] = [0, 0]
        session.onSynced?.()
        if (session.phase !== 'online') await reportOnline(session)
        nextCheckMs = performance.now() + times.checkMs
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof SessionOver) throw error
        nextCheckMs = performance.now() + times.retryMs
        // A skipped call is not an outage.
        if (session.isLeaseValid()) {
          log.warn({ err: error }, 'the gateway did not say whether the account is online')
          if (isRefusal(error) && ++refusals >= refusalsOfADeadDevice) throw new SessionOver('expired')
          if (++failures >= failuresOfAnOutage && session.phase === 'online') {
            session.phase = 'reconnecting'
            await session.events.push([{ type: 'reconnecting', cause: outageCauseOf(error) }], null)
          }
        }
      }
    }
    if (session.phase !== 'opening') await receive(session)
    await pause(session, Math.min(times.receiveMs, Math.max(0, nextCheckMs - performance.now())))
  }
}

async function receive(session: GatewaySession): Promise<void> {
  try {
    await receiveEvents(session)
  } catch (error) {
    if (session.signal.aborted) return
    session.log.error({ err: error }, 'stored callbacks could not be processed, another attempt follows')
    await sleep(session.times.retryMs, session.signal)
  }
}

/** Reports that the account is online, with the position to resume from. */
async function reportOnline(session: GatewaySession): Promise<void> {
  const { position, events } = session
  if (!position) return
  session.phase = 'online'
  const { wxid, nickname } = position
  await events.push([{ type: 'online', account: { uin: wxid, username: wxid, nickname } }], writePosition(position))
}

/** Asks whether the account is online, and reconnects it once. @throws SessionOver when it has to be scanned again; WechatCallError */
async function requireOnline({ client, store, position }: GatewaySession): Promise<void> {
  const known = await store.readAccess()
  if (known) client.setAccess(known.access)
  const body = { appId: position?.appId }
  const isOnline = async () => (await client.call('/login/checkOnline', body, { timeoutMs: checkTimeoutMs })) === true
  if (await isOnline()) return
  try {
    await client.call('/login/reconnection', body, { timeoutMs: reconnectTimeoutMs })
  } catch (error) {
    if (isRefusal(error)) throw new SessionOver('logged_out_on_phone')
    throw error
  }
  if (!(await isOnline())) throw new SessionOver('logged_out_on_phone')
}

/** Sets the callback URL of the gateway; it posts a test at once. One URL serves all accounts of a token. */
async function setCallback(session: GatewaySession): Promise<void> {
  const { client, store, log, signal } = session
  try {
    const known = await store.readAccess()
    if (!known) return
    const { callbackUrl, access } = known
    await client.call('/login/setCallback', { token: access.token, callbackUrl }, { timeoutMs: checkTimeoutMs })
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'the gateway did not take the callback URL')
  }
}

/** Fetches rooms and contacts and reports them as complete; repeats until it succeeds or the session ends. */
async function loadAddressBook(session: GatewaySession): Promise<void> {
  const { signal, events, times, log } = session
  while (!signal.aborted) {
    try {
      if (session.phase !== 'opening') {
        const rooms = await fetchRooms(session, roomsWithinMs)
        await events.push([{ type: 'rooms', rooms, isComplete: true }], null)
        const contacts = await fetchAddressBook(session)
        await events.push([{ type: 'contacts', contacts }], null)
        return
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'rooms and contacts could not be fetched, another attempt follows')
    }
    await sleep(session.phase === 'opening' ? Math.min(200, times.retryMs) : times.retryMs, signal)
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof WechatCallError && error.failure === 'ret'
}

/** Waits; a wake ends the pause. */
async function pause(session: GatewaySession, pauseMs: number): Promise<void> {
  if (session.isCheckDue) return
  const over = new AbortController()
  session.wake = () => over.abort()
  await sleep(pauseMs, AbortSignal.any([over.signal, session.signal]))
}
