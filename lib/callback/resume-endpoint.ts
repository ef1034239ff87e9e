import { eq } from 'drizzle-orm'
import { getApplicationOrThrow } from '../application/get-application'
import type { Tx } from '../db/client'
import { callbackEndpoints } from '../db/schema/callback'
import { applicationLane } from './lane'

/** Ends an endpoint's pause or hold and forgets its failures; after the commit wake the lane it returns. @throws NOT_FOUND */
export async function resumeEndpoint(tx: Tx, { applicationId }: { applicationId: string }): Promise<string> {
  await getApplicationOrThrow(tx, { applicationId })
  const lane = applicationLane(applicationId)
  await tx.delete(callbackEndpoints).where(eq(callbackEndpoints.lane, lane))
  return lane
}
