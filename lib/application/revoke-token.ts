import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { dropFromCallbacks } from './callback-token'

/**
 * Revokes a token at once; again is as good as once. With `applicationId`, only a token of that application.
 * An overlap with its successor ends with it, for callbacks too; without a successor callbacks go on repeating it.
 * @throws NOT_FOUND when there is no such token.
 */
export async function revokeToken(
  tx: Db,
  options: { tokenId: string; applicationId?: string | undefined },
): Promise<{ tokenId: string; applicationId: string }> {
  const [revoked] = await tx
    .update(tokens)
    .set({ revokedAt: sql`coalesce(revoked_at, clock_timestamp())` })
    .where(
      and(
        eq(tokens.id, options.tokenId),
        options.applicationId === undefined ? undefined : eq(tokens.applicationId, options.applicationId),
      ),
    )
    .returning({ tokenId: tokens.id, applicationId: tokens.applicationId })
  if (!revoked) throw new AppError('NOT_FOUND', '访问令牌不存在', { parameter: 'tokenId' })
  await dropFromCallbacks(tx, revoked)
  return revoked
}
