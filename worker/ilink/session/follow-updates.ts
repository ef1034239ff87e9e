import { withDeadline } from '@/lib/deadline'
import { IlinkError, isTokenDead } from '@/worker/ilink/client/ilink-error'
import { updatesResponse } from '@/worker/ilink/protocol/shapes'
import type { IlinkSession } from '@/worker/ilink/session/ilink-session'
import { outageCauseOf } from '@/worker/ilink/session/outcomes'
import { type IlinkPosition, writePosition } from '@/worker/ilink/session/position'
import { receiveUpdates } from '@/worker/ilink/session/receive-updates'
import { sleep } from '@/lib/retry'

const notifyMs = 10_000
/** Added to the service's own poll time for the transfer; a response to an aborted poll is lost. */
const pollMarginMs = 5_000
const usualPollMs = 35_000
/** Time after which a poll that is held shows that the service has recovered. */
const heldMs = 2_000
/** Consecutive failed polls that count as an outage. */
const failuresOfAnOutage = 2
/** Consecutive failed polls after which the pauses become long. */
const failuresOfALongPause = 3
/** Pause after an empty response, so that a service that does not hold polls is not flooded. */
const idlePauseMs = 300

/**
 * Receives messages until the connection is detached. Reports an outage and retries without limit.
 * @throws IlinkError with ret -14 if the token is no longer valid
 */
export async function followUpdates(session: IlinkSession, position: IlinkPosition): Promise<void> {
  const { signal, log, times } = session
  let pollMs = usualPollMs
  let isFirstPoll = true
  for (let failures = 0; !signal.aborted;) {
    try {
      if (session.phase !== 'online') await notify(session, position, 'notifystart')
      if (session.phase === 'opening') await announceOnline(session)
      const polled = poll(session, pollMs)
      if (session.phase === 'reconnecting') await announceOnlineOnceHeld(session, polled)
      const updates = await polled
      if (updates) {
        pollMs = clampPollMs(updates.longpolling_timeout_ms)
        await receiveUpdates(session, updates, { isFirst: isFirstPoll })
        isFirstPoll = false
      }
      failures = 0
      if (updates) session.onSynced?.()
      if (!updates?.msgs.length) await sleep(idlePauseMs, signal)
    } catch (error) {
      if (signal.aborted) return
      if (isTokenDead(error)) throw error
      // A skipped call is not an outage.
      if (!session.isLeaseValid()) {
        await sleep(idlePauseMs, signal)
        continue
      }
      log.warn({ err: error }, 'polling iLink failed, it is retried')
      if (++failures >= failuresOfAnOutage && session.phase === 'online') {
        session.phase = 'reconnecting'
        await session.events.push([{ type: 'reconnecting', cause: outageCauseOf(error) }], null)
      }
      await sleep(failures < failuresOfALongPause ? times.retryMs : times.outageMs, signal)
    }
  }
}

/** Notifies iLink that the session starts or stops. @throws IlinkError, except if iLink refuses for another reason than the token */
export async function notify(
  { client, log }: IlinkSession,
  { baseUrl, token }: IlinkPosition,
  call: 'notifystart' | 'notifystop',
): Promise<void> {
  try {
    await client.post({ origin: baseUrl, path: `/ilink/bot/msg/${call}`, timeoutMs: notifyMs, token }, {})
  } catch (error) {
    if (isTokenDead(error) || !(error instanceof IlinkError) || error.failure !== 'ret') throw error
    log.warn({ err: error }, 'iLink refused the notification')
  }
}

/** Polls once; null: no response in time, which counts as an empty one. */
async function poll({ client, position }: IlinkSession, pollMs: number) {
  if (!position) return null
  const { baseUrl, token, cursor } = position
  try {
    const call = { origin: baseUrl, path: '/ilink/bot/getupdates', timeoutMs: pollMs + pollMarginMs, token }
    return updatesResponse.parse(await client.post(call, { get_updates_buf: cursor }))
  } catch (error) {
    if (error instanceof IlinkError && error.detail === 'TimeoutError') return null
    throw error
  }
}

async function announceOnlineOnceHeld(session: IlinkSession, polled: Promise<unknown>): Promise<void> {
  // A failed poll throws here, including one that ends with the session.
  await withDeadline(polled, heldMs, () => undefined)
  await announceOnline(session)
}

/** Reports that the session is online, together with the position to resume from. */
export async function announceOnline(session: IlinkSession): Promise<void> {
  const { position, events } = session
  if (!position) return
  session.phase = 'online'
  const { userId } = position
  // Assumed: the user id survives a new binding, so it identifies the account.
  await events.push(
    [{ type: 'online', account: { uin: userId, username: userId, nickname: '' } }],
    writePosition(position),
  )
}

function clampPollMs(suggestedMs: number): number {
  return suggestedMs > 0 ? Math.min(120_000, Math.max(5_000, suggestedMs)) : usualPollMs
}
