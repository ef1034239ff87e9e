import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { breakerFailures } from '@/lib/callback/endpoint/gate'
import { endpointLane } from '@/lib/callback/delivery/lane'
import { pauseEndpoint } from '@/lib/callback/endpoint/pause'
import type { Attempt } from '@/lib/callback/delivery/record-attempt'
import { recordEndpointFailure, recordEndpointSuccess } from '@/lib/callback/endpoint/record-outcome'
import { retryDelaySeconds } from '@/lib/callback/delivery/retry-schedule'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { wakeRobot } from '@/lib/queue/wake'
import { withSpan } from '@/lib/tracing/with-span'
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
  const attempt = await traceAttempt(event, () => attemptCallback(context, event))
  callbackAttemptSeconds.observe({ result: attempt.isDelivered ? 'delivered' : 'failed' }, attempt.durationMs / 1000)
  const isCut = !attempt.isDelivered && context.client.isClosed
  const isAboutEndpoint = event.lane === endpointLane(event) && !event.isApplicationDisabled && !isCut
  // Before the attempt is recorded, because the next claim follows it and has to see the endpoint's new state.
  if (isAboutEndpoint) await recordEndpointOutcome(context, event, attempt)
  const retryAfterSeconds = isCut ? 0 : nextAttemptSeconds(context.scheduleSeconds, event, attempt)
  const { robotId } = await context.recorder.record({ event, attempt, retryAfterSeconds })
  if (robotId !== null) await wakeRobot(context, robotId)
}

function traceAttempt(event: ClaimedEvent, run: () => Promise<Attempt>): Promise<Attempt> {
  const attributes = {
    'wxbot.event_id': event.id,
    'wxbot.event_type': event.type,
    'wxbot.application_id': event.applicationId,
    'wxbot.attempt': event.attemptCount + 1,
  }
  return withSpan('callback attempt', { kind: 'client', parent: event.traceParent, attributes }, async (span) => {
    const attempt = await run()
    if (attempt.httpStatus !== null) span.set({ 'http.response.status_code': attempt.httpStatus })
    if (!attempt.isDelivered) span.fail('NOT_DELIVERED')
    return attempt
  })
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
  const { lane, applicationId, endpointId } = event
  const facts = { applicationId, endpointId, httpStatus, reason: pauseReason ?? attempt.error }
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
  // An operator waits for the result of a test; no operator can resume a login's URL that is gone, or a removed endpoint.
  if (event.type === 'test' || (event.type === 'login' && attempt.httpStatus === 410)) return null
  if (attempt.sentence?.reason === 'endpoint_removed') return null
  const delaySeconds = retryDelaySeconds(scheduleSeconds, event.attemptCount + 1)
  return delaySeconds === null ? null : Math.max(delaySeconds, attempt.retryAfterSeconds)
}
