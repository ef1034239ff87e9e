import type { ClaimedEvent } from '@/lib/callback/claim-events'
import { applicationLane } from '@/lib/callback/lane'
import { pauseEndpoint } from '@/lib/callback/pause-endpoint'
import { type Attempt, recordAttempt } from '@/lib/callback/record-attempt'
import { recordEndpointFailure, recordEndpointSuccess } from '@/lib/callback/record-endpoint'
import { retryDelaySeconds } from '@/lib/callback/retry-delay'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import { tryCallback, type TryContext } from './try-callback'

export type DeliveryContext = TryContext & {
  db: Db
  log: Logger
  scheduleSeconds: readonly number[]
  wake(lane: string): Promise<void>
}

/** Tries a claimed event once and records what follows, for it and for its endpoint. */
export async function deliverEvent(context: DeliveryContext, event: ClaimedEvent): Promise<void> {
  const attempt = await tryCallback(context, event)
  const isCut = !attempt.isDelivered && context.agent.destroyed
  const isAboutEndpoint = event.lane === applicationLane(event.applicationId) && !event.isApplicationDisabled && !isCut
  // Before the attempt: once that is recorded the next event is claimed, which must find the endpoint's new state.
  if (isAboutEndpoint) await judgeEndpoint(context, event, attempt)
  const retryAfterSeconds = isCut ? 0 : nextTrySeconds(context.scheduleSeconds, event, attempt)
  await recordAttempt(context.db, { event, attempt, retryAfterSeconds })
}

async function judgeEndpoint(context: DeliveryContext, event: ClaimedEvent, attempt: Attempt): Promise<void> {
  const { db, log, scheduleSeconds, alertUrl } = context
  if (attempt.isDelivered) {
    if (event.isEndpointFailing) await recordEndpointSuccess(db, event)
    return
  }
  if (event.callbackUrl === null) return
  const { httpStatus } = attempt
  const isHoldAsked = httpStatus === 429 || httpStatus === 503
  const reason = await recordEndpointFailure(db, {
    event,
    httpStatus,
    askedSeconds: isHoldAsked ? attempt.askedSeconds : 0,
    breakerSeconds: retryDelaySeconds(scheduleSeconds, 1) ?? 0,
  })
  if (!reason) return
  const { lane, applicationId } = event
  log.warn({ applicationId, reason }, 'callback endpoint paused')
  const alerts = await db.transaction((tx) => pauseEndpoint(tx, { lane, reason, isAlerting: alertUrl !== null }))
  if (alerts) await context.wake(alerts)
}

/** null = never again. */
function nextTrySeconds(scheduleSeconds: readonly number[], event: ClaimedEvent, attempt: Attempt): number | null {
  // A test answers a person who waits; a login link that is gone has no operator to resume it.
  if (event.type === 'test' || (event.type === 'login' && attempt.httpStatus === 410)) return null
  const delaySeconds = retryDelaySeconds(scheduleSeconds, event.attemptCount + 1)
  return delaySeconds === null ? null : Math.max(delaySeconds, attempt.askedSeconds)
}
