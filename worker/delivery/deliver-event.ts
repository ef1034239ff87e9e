import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { breakerFailures } from '@/lib/callback/endpoint/gate'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { pauseEndpoint } from '@/lib/callback/endpoint/pause'
import type { Attempt } from '@/lib/callback/delivery/record-attempt'
import { recordEndpointFailure, recordEndpointSuccess } from '@/lib/callback/endpoint/record-outcome'
import { retryDelaySeconds } from '@/lib/callback/delivery/retry-schedule'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { wakeRobot } from '@/lib/queue/wake'
import { attemptCallback, type AttemptContext } from '@/worker/delivery/attempt-callback'
import { callbackAttemptSeconds } from '@/worker/metrics/metrics'
import type { AttemptRecorder } from '@/worker/delivery/attempt-recorder'

export type DeliveryContext = AttemptContext & {
  db: Db
  queue: QueueBackend
  recorder: AttemptRecorder
  log: Logger
  scheduleSeconds: readonly number[]
}

/** Attempts a claimed event once and records the outcome for the event and its endpoint. */
export async function deliverEvent(context: DeliveryContext, event: ClaimedEvent): Promise<void> {
  const attempt = await attemptCallback(context, event)
  callbackAttemptSeconds.observe({ result: attempt.isDelivered ? 'delivered' : 'failed' }, attempt.durationMs / 1000)
  const isCut = !attempt.isDelivered && context.client.isClosed
  const isAboutEndpoint = event.lane === applicationLane(event.applicationId) && !event.isApplicationDisabled && !isCut
  // Before the attempt is recorded, because the next claim follows it and has to see the endpoint's new state.
  if (isAboutEndpoint) await recordEndpointOutcome(context, event, attempt)
  const retryAfterSeconds = isCut ? 0 : nextAttemptSeconds(context.scheduleSeconds, event, attempt)
  const { robotId } = await context.recorder.record({ event, attempt, retryAfterSeconds })
  if (robotId !== null) await wakeRobot(context, robotId)
}

async function recordEndpointOutcome(context: DeliveryContext, event: ClaimedEvent, attempt: Attempt): Promise<void> {
  const { db, log, scheduleSeconds, alertUrl } = context
  if (attempt.isDelivered) {
    if (event.isEndpointFailing) await recordEndpointSuccess(db, event)
    return
  }
  if (event.callbackUrl === null) return
  const { httpStatus } = attempt
  const isHoldRequested = httpStatus === 429 || httpStatus === 503
  const { failureCount, pauseReason } = await recordEndpointFailure(db, {
    event,
    httpStatus,
    retryAfterSeconds: isHoldRequested ? attempt.retryAfterSeconds : 0,
    breakerSeconds: retryDelaySeconds(scheduleSeconds, 1) ?? 0,
  })
  const { lane, applicationId } = event
  const facts = { applicationId, httpStatus, reason: pauseReason ?? attempt.error }
  if (pauseReason) log.warn(facts, 'callback endpoint paused')
  else if (failureCount === 1) log.warn(facts, 'callback endpoint failed')
  else if (failureCount === breakerFailures)
    log.warn({ ...facts, failureCount }, 'callback endpoint keeps failing, its callbacks are held back')
  if (!pauseReason) return
  const pause = { lane, reason: pauseReason, isAlerting: alertUrl !== null }
  await db.transaction((tx) => pauseEndpoint(tx, pause))
}

/** null: no more attempts. */
function nextAttemptSeconds(scheduleSeconds: readonly number[], event: ClaimedEvent, attempt: Attempt): number | null {
  // An operator waits for the result of a test; no operator can resume a login's URL that is gone.
  if (event.type === 'test' || (event.type === 'login' && attempt.httpStatus === 410)) return null
  const delaySeconds = retryDelaySeconds(scheduleSeconds, event.attemptCount + 1)
  return delaySeconds === null ? null : Math.max(delaySeconds, attempt.retryAfterSeconds)
}
