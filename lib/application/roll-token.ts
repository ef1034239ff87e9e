import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { newAccessToken, type Sealer } from '@/lib/secret'
import { switchCallbackToken } from './callback-token'
import { type IssuedToken, storeToken } from './store-token'

type Roll = {
  sealer: Sealer
  tokenId: string
  /** Only a token of this application. */
  applicationId?: string | undefined
  /** How long both work. 0 = the old one ends now. */
  overlapSeconds: number
  /** Of the new token; null = never. */
  expiresAt?: Date | null
}

/**
 * Issues a token in another's place, with its name and limit; the old one ends with the overlap, or at its own expiry if
 * that is sooner. Where the old one is the callback token, callbacks repeat the new one from the overlap's end on.
 * @throws NOT_FOUND when there is no such token, INVALID_PARAMETER when it is over or has been replaced already.
 */
export async function rollToken(
  tx: Tx,
  options: Roll,
): Promise<IssuedToken & { applicationId: string; oldEndsAt: Date }> {
  const old = await lockTokenOrThrow(tx, options)
  const { applicationId, name, rateLimitPerMinute, isCallbackOnly } = old
  const { sealer, overlapSeconds, expiresAt = null } = options
  const issued = await storeToken(tx, newAccessToken(), {
    applicationId,
    name,
    rateLimitPerMinute,
    isCallbackOnly,
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

async function lockTokenOrThrow(tx: Tx, { tokenId, applicationId }: Roll) {
  const [found] = await tx
    .select({
      id: tokens.id,
      applicationId: tokens.applicationId,
      name: tokens.name,
      rateLimitPerMinute: tokens.rateLimitPerMinute,
      isCallbackOnly: tokens.isCallbackOnly,
      isReplaced: sql<boolean>`${tokens.replacedById} is not null`,
      isOver: sql<boolean>`${tokens.revokedAt} is not null or coalesce(${tokens.expiresAt} <= clock_timestamp(), false)`,
      isCallbackToken: sql<boolean>`coalesce(${tokens.id} = coalesce(next_callback_token_id, callback_token_id), false)`,
    })
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .where(and(eq(tokens.id, tokenId), applicationId === undefined ? undefined : eq(applications.id, applicationId)))
    .for('update')
  if (!found) throw new AppError('NOT_FOUND', '访问令牌不存在', { parameter: 'tokenId' })
  if (found.isReplaced) throw new AppError('INVALID_PARAMETER', '这个令牌已经换过新的了', { parameter: 'tokenId' })
  if (found.isOver) throw new AppError('INVALID_PARAMETER', '这个令牌已失效，请签发新的', { parameter: 'tokenId' })
  return found
}
