import { sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { newAccessToken, type Sealer } from '@/lib/secret'
import { endOwnCallbackTokens, switchCallbackToken } from './callback-token'
import { getApplicationOrThrow } from './get-application'
import { type IssuedToken, storeToken } from './store-token'

/**
 * Gives an application's callbacks a token of their own, which opens nothing: who receives callbacks then holds no key
 * to the API. Until `overlapSeconds` are over they repeat the one before. An earlier one of their own is replaced.
 * @throws NOT_FOUND when there is no such application.
 */
export async function separateCallbackToken(
  tx: Tx,
  options: { sealer: Sealer; applicationId: string; name: string; overlapSeconds: number },
): Promise<IssuedToken> {
  const { sealer, applicationId, name, overlapSeconds } = options
  await getApplicationOrThrow(tx, { applicationId })
  const issued = await storeToken(tx, newAccessToken(), { applicationId, name, isCallbackOnly: true })
  const switchesAt = sql<Date>`clock_timestamp() + make_interval(secs => ${overlapSeconds})`
  await switchCallbackToken(tx, { sealer, applicationId, issued, switchesAt })
  await endOwnCallbackTokens(tx, { applicationId, successorId: issued.tokenId, endsAt: switchesAt })
  return issued
}
