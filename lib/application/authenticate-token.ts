import { and, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { hashToken } from '@/lib/secret'

const wasUsedThisMinute: SQL<boolean> = sql`coalesce(last_used_at > clock_timestamp() - interval '1 minute', false)`

export type Caller = { applicationId: string; tokenId: string; rateLimitPerMinute: number }

/**
 * Says whose token this is, and notes its use at most once a minute.
 * @throws TOKEN_UNKNOWN when it is unknown, revoked or expired, or its application is disabled. Spec: A3.
 */
export async function authenticateToken(db: Db, token: string): Promise<Caller> {
  const [found] = await db
    .select({
      tokenId: tokens.id,
      applicationId: tokens.applicationId,
      rateLimitPerMinute: tokens.rateLimitPerMinute,
      isUseNoted: wasUsedThisMinute,
    })
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .where(
      and(
        eq(tokens.hash, hashToken(token)),
        eq(tokens.isCallbackOnly, false),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`clock_timestamp()`)),
        isNull(applications.disabledAt),
      ),
    )
  if (!found) throw new AppError('TOKEN_UNKNOWN', '应用不存在：访问令牌无效、已撤销或已过期', { parameter: 'token' })
  const { isUseNoted, ...caller } = found
  if (!isUseNoted)
    await db
      .update(tokens)
      .set({ lastUsedAt: sql`clock_timestamp()` })
      // Asked again under the row's lock: of many calls at once one writes.
      .where(and(eq(tokens.id, caller.tokenId), sql`not ${wasUsedThisMinute}`))
  return caller
}
