import { and, eq, gt, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { hashToken, newAccessToken, type Sealer } from '@/lib/secret'
import { type IssuedToken, storeToken } from '@/lib/application/issue-token'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { AppError } from '@/lib/errors'

/** SQL: id of the token that callbacks repeat now. After the switch time the next token is current, although no row was moved. */
export const callbackTokenIdNow = sql<string | null>`case
  when callback_token_switches_at <= clock_timestamp() then next_callback_token_id else callback_token_id end`

const switchesLater = gt(applications.callbackTokenSwitchesAt, sql`clock_timestamp()`)

/**
 * Makes callbacks repeat another token from `switchesAt`; until then they repeat the current one. Replaces a pending switch.
 */
export async function switchCallbackToken(
  tx: Tx,
  options: { sealer: Sealer; applicationId: string; issued: IssuedToken; switchesAt: Date | SQL<Date> },
): Promise<void> {
  const { sealer, applicationId, issued, switchesAt } = options
  const isApplication = eq(applications.id, applicationId)
  await tx
    .update(applications)
    .set({
      callbackTokenSealed: sql`next_callback_token_sealed`,
      callbackTokenId: sql`next_callback_token_id`,
    })
    .where(and(isApplication, lte(applications.callbackTokenSwitchesAt, sql`clock_timestamp()`)))
  await tx
    .update(applications)
    .set({
      nextCallbackTokenSealed: sealer.seal(issued.token, `application.callback:${applicationId}`),
      nextCallbackTokenId: issued.tokenId,
      callbackTokenSwitchesAt: switchesAt,
    })
    .where(isApplication)
}

/** Expires the previous callback-only tokens when their successor takes over. */
async function endOwnCallbackTokens(
  tx: Tx,
  { applicationId, successorId, endsAt }: { applicationId: string; successorId: string; endsAt: SQL<Date> },
): Promise<void> {
  await tx
    .update(tokens)
    .set({ replacedById: successorId, expiresAt: sql`least(expires_at, ${endsAt})` })
    .where(and(eq(tokens.applicationId, applicationId), tokens.isCallbackOnly, ne(tokens.id, successorId)))
}

/** Removes a revoked token from pending switches: its successor takes over at once, and a switch to it is cancelled. */
export async function dropFromCallbacks(tx: Db, { tokenId }: { tokenId: string }): Promise<void> {
  await tx
    .update(applications)
    .set({ callbackTokenSwitchesAt: sql`clock_timestamp()` })
    .where(and(eq(applications.callbackTokenId, tokenId), switchesLater))
  await tx
    .update(applications)
    .set({ nextCallbackTokenSealed: null, nextCallbackTokenId: null, callbackTokenSwitchesAt: null })
    .where(and(eq(applications.nextCallbackTokenId, tokenId), switchesLater))
}

/**
 * Issues a callback-only token, which does not open the API, so that the endpoint's owner holds no API key. Callbacks repeat
 * it after `overlapSeconds`. Replaces the previous callback-only token.
 * @throws NOT_FOUND
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

/**
 * Makes callbacks repeat an access token again instead of a callback-only one, after `overlapSeconds`. Access tokens are
 * stored as hashes, so the caller passes the token. @throws INVALID_PARAMETER when it is not a valid token of the application.
 */
export async function repeatAccessToken(
  tx: Tx,
  options: { sealer: Sealer; applicationId: string; token: string; overlapSeconds: number },
): Promise<{ tokenId: string }> {
  const { sealer, applicationId, token, overlapSeconds } = options
  const [accessToken] = await tx
    .select({ tokenId: tokens.id })
    .from(tokens)
    .where(
      and(
        eq(tokens.hash, hashToken(token)),
        eq(tokens.applicationId, applicationId),
        eq(tokens.isCallbackOnly, false),
        isNull(tokens.revokedAt),
        isNull(tokens.replacedById),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`clock_timestamp()`)),
      ),
    )
    // Excludes a concurrent revocation or rotation.
    .for('update')
  if (!accessToken) throw new AppError('INVALID_PARAMETER', { reason: 'token_not_usable', parameter: 'token' })
  const switchesAt = sql<Date>`clock_timestamp() + make_interval(secs => ${overlapSeconds})`
  await switchCallbackToken(tx, { sealer, applicationId, issued: { ...accessToken, token }, switchesAt })
  await endOwnCallbackTokens(tx, { applicationId, successorId: accessToken.tokenId, endsAt: switchesAt })
  return accessToken
}
