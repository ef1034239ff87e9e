import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'

/** Plain http to another machine. */
const leavesUnencrypted = '^http://(?!(localhost|127(\\.\\d+){3}|\\[::1\\])([:/?#]|$))'

/**
 * Returns whether callbacks send a token that opens the API over plain http to another machine, now or after the pending switch. The
 * contract allows it, because callbacks repeat the access token; a callback-only token prevents it.
 */
export async function isAccessTokenExposed(db: Db, { applicationId }: { applicationId: string }): Promise<boolean> {
  const [exposed] = await db
    .select({ id: tokens.id })
    .from(applications)
    .innerJoin(tokens, eq(tokens.id, sql`coalesce(next_callback_token_id, callback_token_id)`))
    .where(
      and(
        eq(applications.id, applicationId),
        sql`${applications.callbackUrl} ~* ${leavesUnencrypted}`,
        eq(tokens.isCallbackOnly, false),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`clock_timestamp()`)),
      ),
    )
  return exposed !== undefined
}
