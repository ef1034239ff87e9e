import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEndpoints } from '../db/schema/callback'
import { applicationLane } from './lane'

/** Ends an endpoint's pause or hold and forgets its failures; after the commit wake the lane it returns. */
export async function resumeEndpoint(tx: Tx, { applicationId }: { applicationId: string }): Promise<string> {
  const lane = applicationLane(applicationId)
  await tx.delete(callbackEndpoints).where(eq(callbackEndpoints.lane, lane))
  return lane
}
