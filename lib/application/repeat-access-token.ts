import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { hashToken, type Sealer } from '@/lib/secret'
import { endOwnCallbackTokens, switchCallbackToken } from './callback-token'

/**
 * Has callbacks repeat an access token again in place of one of their own, from the overlap's end on. We keep access tokens
 * as hashes, so whoever asks gives the token. @throws INVALID_PARAMETER when it is none of the application's that works.
 */
export async function repeatAccessToken(
  tx: Tx,
  options: { sealer: Sealer; applicationId: string; token: string; overlapSeconds: number },
): Promise<{ tokenId: string }> {
  const { sealer, applicationId, token, overlapSeconds } = options
  const [found] = await tx
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
    // Not while somebody revokes or rolls it.
    .for('update')
  if (!found)
    throw new AppError('INVALID_PARAMETER', '不是这个应用有效的访问令牌，或已经换过新的', { parameter: 'token' })
  const switchesAt = sql<Date>`clock_timestamp() + make_interval(secs => ${overlapSeconds})`
  await switchCallbackToken(tx, { sealer, applicationId, issued: { ...found, token }, switchesAt })
  await endOwnCallbackTokens(tx, { applicationId, successorId: found.tokenId, endsAt: switchesAt })
  return found
}
