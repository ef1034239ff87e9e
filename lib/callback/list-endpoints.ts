import { and, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { applications } from '../db/schema/application'
import { callbackEndpoints } from '../db/schema/callback'
import { breakerFailures } from './endpoint-gate'

export type TroubledEndpoint = {
  applicationId: string
  applicationName: string
  url: string
  state: 'paused' | 'failing'
  pauseReason: (typeof callbackEndpoints.$inferSelect)['pauseReason']
  failingSince: Date | null
  /** When the next probe goes out; null for a paused one. */
  heldUntil: Date | null
}

/** Lists endpoints that are paused, or whose breaker is open: for operators. */
export async function listTroubledEndpoints(db: Db): Promise<TroubledEndpoint[]> {
  const rows = await db
    .select({ endpoint: callbackEndpoints, name: applications.name })
    .from(callbackEndpoints)
    .innerJoin(
      applications,
      and(eq(applications.id, callbackEndpoints.applicationId), eq(applications.callbackUrl, callbackEndpoints.url)),
    )
    .orderBy(callbackEndpoints.failingSince)
  return rows
    .filter(({ endpoint }) => endpoint.pausedAt !== null || endpoint.failureCount >= breakerFailures)
    .map(({ endpoint, name }) => ({
      applicationId: endpoint.applicationId,
      applicationName: name,
      url: endpoint.url,
      state: endpoint.pausedAt ? 'paused' : 'failing',
      pauseReason: endpoint.pauseReason,
      failingSince: endpoint.failingSince,
      heldUntil: endpoint.pausedAt ? null : endpoint.heldUntil,
    }))
}
