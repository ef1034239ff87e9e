import { and, count, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { joinTokens } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { newJoinToken } from '@/lib/qun/join-token-text'

export type JoinToken = typeof joinTokens.$inferSelect & { useCount: number; isExpired: boolean; isUsedUp: boolean }

/** Issues a join token of a qun; the previous one becomes invalid. Spec: B7 (join page). */
export async function issueJoinToken(
  tx: Tx,
  { qunId, expiresAt = null, maxUses = null }: { qunId: string; expiresAt?: Date | null; maxUses?: number | null },
): Promise<JoinToken> {
  await tx
    .update(joinTokens)
    .set({ replacedAt: sql`clock_timestamp()` })
    .where(and(eq(joinTokens.qunId, qunId), isNull(joinTokens.replacedAt)))
  const token = newJoinToken()
  const [issued] = await tx
    .insert(joinTokens)
    .values({ id: newId('joinToken'), qunId, token, expiresAt, maxUses })
    .returning()
  if (!issued) throw new Error('a join token has not been written')
  return { ...issued, useCount: 0, isExpired: false, isUsedUp: false }
}

export async function getJoinToken(db: Db, { qunId }: { qunId: string }): Promise<JoinToken | null> {
  const [token] = await selectJoinTokens(db)
    .where(and(eq(joinTokens.qunId, qunId), isNull(joinTokens.replacedAt)))
    .orderBy(desc(joinTokens.createdAt))
    .limit(1)
  return token ?? null
}

/** Lists a qun's latest join tokens, the current one first. */
export async function listJoinTokens(db: Db, { qunId, limit }: { qunId: string; limit: number }): Promise<JoinToken[]> {
  return selectJoinTokens(db)
    .where(eq(joinTokens.qunId, qunId))
    .orderBy(desc(joinTokens.createdAt), desc(joinTokens.id))
    .limit(limit)
}

/** Finds a join token, including replaced ones, by its 12 hex digits. */
export async function findJoinToken(db: Db, { token }: { token: string }): Promise<JoinToken | null> {
  const [joinToken] = await selectJoinTokens(db).where(eq(joinTokens.token, token))
  return joinToken ?? null
}

/**
 * @throws JOIN_TOKEN_UNKNOWN for an unknown token, JOIN_TOKEN_SPENT for a replaced, expired or used up one.
 * Spec: B1 (responses and errors).
 */
export function requireValidToken(token: JoinToken | null): JoinToken {
  const options = { parameter: 'token' }
  if (!token) throw new AppError('JOIN_TOKEN_UNKNOWN', { reason: 'join_token_unknown', ...options })
  if (token.replacedAt) throw new AppError('JOIN_TOKEN_SPENT', { reason: 'join_token_replaced', ...options })
  if (token.isExpired) throw new AppError('JOIN_TOKEN_SPENT', { reason: 'join_token_expired', ...options })
  if (token.isUsedUp) throw new AppError('JOIN_TOKEN_SPENT', { reason: 'join_token_used_up', ...options })
  return token
}

/** Selects join tokens with their number of uses, refused memberships not counted, and whether they are still valid. */
function selectJoinTokens(db: Db) {
  const uses = db
    .select({ size: count() })
    .from(memberships)
    .where(and(eq(memberships.joinTokenId, joinTokens.id), ne(memberships.state, 'refused')))
  return db
    .select({
      id: joinTokens.id,
      qunId: joinTokens.qunId,
      token: joinTokens.token,
      expiresAt: joinTokens.expiresAt,
      maxUses: joinTokens.maxUses,
      replacedAt: joinTokens.replacedAt,
      createdAt: joinTokens.createdAt,
      useCount: sql<number>`(${uses})::int`,
      isExpired: sql<boolean>`coalesce(${joinTokens.expiresAt} <= clock_timestamp(), false)`,
      isUsedUp: sql<boolean>`coalesce((${uses}) >= ${joinTokens.maxUses}, false)`,
    })
    .from(joinTokens)
    .$dynamic()
}
