import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { dropFromCallbacks } from '@/lib/application/callback-token'

/**
 * Revokes a token; idempotent. Ends its overlap with a successor, also for callbacks; without a successor, callbacks continue
 * to repeat it. @throws NOT_FOUND
 */
export async function revokeToken(
  tx: Db,
  /** `applicationId`: only a token of this application. */
  options: { tokenId: string; applicationId?: string | undefined },
): Promise<{ tokenId: string; applicationId: string; wasRevoked: boolean }> {
  const isToken = and(
    eq(tokens.id, options.tokenId),
    options.applicationId === undefined ? undefined : eq(tokens.applicationId, options.applicationId),
  )
  const [before] = await tx.select({ revokedAt: tokens.revokedAt }).from(tokens).where(isToken).for('update')
  const [revoked] = await tx
    .update(tokens)
    .set({ revokedAt: sql`coalesce(revoked_at, clock_timestamp())` })
    .where(isToken)
    .returning({ tokenId: tokens.id, applicationId: tokens.applicationId })
  if (!revoked) throw new AppError('NOT_FOUND', { reason: 'token_not_found', parameter: 'tokenId' })
  await dropFromCallbacks(tx, revoked)
  return { ...revoked, wasRevoked: Boolean(before?.revokedAt) }
}
