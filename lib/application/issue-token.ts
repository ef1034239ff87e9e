import type { Db } from '@/lib/db/client'
import { newAccessToken } from '@/lib/secret'
import { getApplicationOrThrow } from './get-application'
import { type IssuedToken, type NewToken, storeToken } from './store-token'

/**
 * Issues one more access token for an application; it is told this once and kept as a hash only.
 * @throws NOT_FOUND when there is no such application.
 */
export async function issueToken(tx: Db, options: Omit<NewToken, 'isCallbackOnly'>): Promise<IssuedToken> {
  await getApplicationOrThrow(tx, { applicationId: options.applicationId })
  return storeToken(tx, newAccessToken(), options)
}
