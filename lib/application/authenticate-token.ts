import { and, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { TokenLimits } from '@/lib/application/token-limits'
import type { Db } from '@/lib/db/client'
import { buildOnce } from '@/lib/db/prepare-statements'
import { applications, tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { hashToken } from '@/lib/secret'

const wasUsedThisMinute: SQL<boolean> = sql`coalesce(last_used_at > clock_timestamp() - interval '1 minute', false)`

export type Caller = { applicationId: string; tokenId: string; rateLimitPerMinute: number } & TokenLimits

/** Selects the caller and whether its use in this minute is recorded. */
export const callerColumns = {
  tokenId: tokens.id,
  applicationId: tokens.applicationId,
  rateLimitPerMinute: tokens.rateLimitPerMinute,
  scopes: tokens.scopes,
  robotIds: tokens.robotIds,
  networks: tokens.networks,
  isUseRecorded: wasUsedThisMinute,
}

/**
 * Matches the row of an access token, joined with its application, while the token opens the API. The placeholder `tokenHash` is
 * `hashToken` of the token.
 */
export const isAccepted: SQL | undefined = and(
  eq(tokens.hash, sql.placeholder('tokenHash')),
  eq(tokens.isCallbackOnly, false),
  isNull(tokens.revokedAt),
  or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`clock_timestamp()`)),
  isNull(applications.disabledAt),
)

const findCaller = buildOnce((db) =>
  db
    .select(callerColumns)
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .where(isAccepted),
)

/**
 * Returns the application that an access token belongs to, and records its use at most once per minute.
 * @throws TOKEN_UNKNOWN when it is unknown, revoked or expired, or its application is disabled. Spec: A3 (access token).
 */
export async function authenticateToken(db: Db, token: string): Promise<Caller> {
  const [match] = await findCaller(db, { tokenHash: hashToken(token) })
  return acceptCaller(db, match)
}

/** Records the use of a selected token at most once per minute, and returns the caller. @throws TOKEN_UNKNOWN without a match */
export async function acceptCaller(db: Db, match: (Caller & { isUseRecorded: boolean }) | undefined): Promise<Caller> {
  if (!match) throw new AppError('TOKEN_UNKNOWN', { reason: 'token_unknown', parameter: 'token' })
  const { isUseRecorded, ...caller } = match
  if (!isUseRecorded)
    await db
      .update(tokens)
      .set({ lastUsedAt: sql`clock_timestamp()` })
      // Checked again under the row lock, so that only one of many concurrent calls writes.
      .where(and(eq(tokens.id, caller.tokenId), sql`not ${wasUsedThisMinute}`))
  return caller
}
