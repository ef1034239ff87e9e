import { and, eq, isNull, sql } from 'drizzle-orm'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { callbackEndpoints } from '@/lib/db/schema/callback'
import type { EndpointPauseReason } from '@/lib/db/types'
import { alertLane, endpointLane, type EndpointRef } from '@/lib/callback/delivery/lane'
import { requireEndpoint } from '@/lib/callback/endpoint/find-endpoint'
import { insertEvent } from '@/lib/callback/event/record-event'

/**
 * Pauses an endpoint until an operator resumes it; its events wait. With `isAlerting` records an alert for the operators'
 * own webhook. Does nothing if the endpoint is already paused.
 */
export async function pauseEndpoint(
  tx: Tx,
  { lane, reason, isAlerting }: { lane: string; reason: EndpointPauseReason; isAlerting: boolean },
): Promise<void> {
  const [paused] = await tx
    .update(callbackEndpoints)
    .set({ pausedAt: sql`clock_timestamp()`, pauseReason: reason })
    .where(and(eq(callbackEndpoints.lane, lane), isNull(callbackEndpoints.pausedAt)))
    .returning()
  if (!paused || !isAlerting) return
  const { applicationId, url, failingSince } = paused
  await insertEvent(tx, {
    type: 'endpoint_paused',
    applicationId,
    lane: alertLane(applicationId),
    data: {
      application_id: applicationId,
      callback_url: url,
      reason,
      failing_since: failingSince?.toISOString() ?? null,
    },
  })
}

/** Ends an endpoint's pause or hold, resets its failure counters and delivers the events that wait. @throws NOT_FOUND */
export async function resumeEndpoint(tx: Tx, endpoint: EndpointRef): Promise<void> {
  await requireEndpoint(tx, endpoint)
  const lane = endpointLane(endpoint)
  await tx.delete(callbackEndpoints).where(eq(callbackEndpoints.lane, lane))
  wakeLaneAfterCommit(tx, lane)
}
