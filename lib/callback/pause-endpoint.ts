import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEndpoints, callbackEvents } from '../db/schema/callback'
import type { EndpointPauseReason } from '../db/types'
import { newId } from '../id'
import { alertLane } from './lane'

/**
 * Pauses an endpoint until an operator resumes it; its events wait. With `isAlerting` the operators' own webhook is told,
 * by the lane it returns; null = there is nothing to wake.
 */
export async function pauseEndpoint(
  tx: Tx,
  { lane, reason, isAlerting }: { lane: string; reason: EndpointPauseReason; isAlerting: boolean },
): Promise<string | null> {
  const [paused] = await tx
    .update(callbackEndpoints)
    .set({ pausedAt: sql`clock_timestamp()`, pauseReason: reason })
    .where(and(eq(callbackEndpoints.lane, lane), isNull(callbackEndpoints.pausedAt)))
    .returning()
  if (!paused || !isAlerting) return null
  const { applicationId, url, failingSince } = paused
  const alerts = alertLane(applicationId)
  await tx.insert(callbackEvents).values({
    id: newId('callbackEvent'),
    applicationId,
    lane: alerts,
    type: 'endpoint_paused',
    data: {
      application_id: applicationId,
      callback_url: url,
      reason,
      failing_since: failingSince?.toISOString() ?? null,
    },
  })
  return alerts
}
