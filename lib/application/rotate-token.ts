import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { newAccessToken, type Sealer } from '@/lib/secret'
import { switchCallbackToken } from '@/lib/application/callback-token'
import { type IssuedToken, storeToken } from '@/lib/application/issue-token'

type RotateOptions = {
  sealer: Sealer
  tokenId: string
  /** Only a token of this application. */
  applicationId?: string | undefined
  /** Seconds for which both tokens are valid; 0: the previous one ends now. */
  overlapSeconds: number
  /** Expiry of the new token; null: never. */
  expiresAt?: Date | null
}

/**
 * Replaces a token by a new one with the same name and limits. The previous token expires at the end of the overlap, or at its
 * own expiry if that is earlier. If it is the callback token, callbacks repeat the new one from then.
 * @throws NOT_FOUND; INVALID_PARAMETER when it has ended or was already replaced.
 */
export async function rotateToken(
  tx: Tx,
  options: RotateOptions,
): Promise<IssuedToken & { applicationId: string; oldEndsAt: Date }> {
  const old = await lockTokenOrThrow(tx, options)
  const { applicationId, name, rateLimitPerMinute, isCallbackOnly, scopes, robotIds, networks } = old
  const { sealer, overlapSeconds, expiresAt = null } = options
  const issued = await storeToken(tx, newAccessToken(), {
    applicationId,
    name,
    rateLimitPerMinute,
    isCallbackOnly,
    scopes,
    robotIds,
    networks,
    expiresAt,
  })
  const [ended] = await tx
    .update(tokens)
    .set({
      replacedById: issued.tokenId,
      expiresAt: sql`least(expires_at, clock_timestamp() + make_interval(secs => ${overlapSeconds}))`,
    })
    .where(eq(tokens.id, old.id))
    .returning({ oldEndsAt: tokens.expiresAt })
  const oldEndsAt = ended!.oldEndsAt!
  if (old.isCallbackToken) await switchCallbackToken(tx, { sealer, applicationId, issued, switchesAt: oldEndsAt })
  return { ...issued, applicationId, oldEndsAt }
}

async function lockTokenOrThrow(tx: Tx, { tokenId, applicationId }: RotateOptions) {
  const [token] = await tx
    .select({
      id: tokens.id,
      applicationId: tokens.applicationId,
      name: tokens.name,
      rateLimitPerMinute: tokens.rateLimitPerMinute,
      scopes: tokens.scopes,
      robotIds: tokens.robotIds,
      networks: tokens.networks,
      isCallbackOnly: tokens.isCallbackOnly,
      isReplaced: sql<boolean>`${tokens.replacedById} is not null`,
      isOver: sql<boolean>`${tokens.revokedAt} is not null or coalesce(${tokens.expiresAt} <= clock_timestamp(), false)`,
      isCallbackToken: sql<boolean>`coalesce(${tokens.id} = coalesce(next_callback_token_id, callback_token_id), false)`,
    })
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .where(and(eq(tokens.id, tokenId), applicationId === undefined ? undefined : eq(applications.id, applicationId)))
    .for('update')
  if (!token) throw new AppError('NOT_FOUND', { reason: 'token_not_found', parameter: 'tokenId' })
  if (token.isReplaced) throw new AppError('INVALID_PARAMETER', { reason: 'token_replaced', parameter: 'tokenId' })
  if (token.isOver) throw new AppError('INVALID_PARAMETER', { reason: 'token_expired', parameter: 'tokenId' })
  return token
}
