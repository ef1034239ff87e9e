import { and, count, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client'
import { memberships } from '../db/schema/membership'
import { joinTokens } from '../db/schema/qun'
import { newId } from '../id'
import { newJoinToken } from './join-token-text'

export type JoinToken = typeof joinTokens.$inferSelect & { useCount: number; isExpired: boolean; isUsedUp: boolean }

/** Issues a qun's join token; the one before is replaced and opens nothing any more. Spec: B7. */
export async function issueJoinToken(
  tx: Tx,
  { qunId, expiresAt = null, maxUses = null }: { qunId: string; expiresAt?: Date | null; maxUses?: number | null },
): Promise<{ token: string }> {
  await tx
    .update(joinTokens)
    .set({ replacedAt: sql`clock_timestamp()` })
    .where(and(eq(joinTokens.qunId, qunId), isNull(joinTokens.replacedAt)))
  const token = newJoinToken()
  await tx.insert(joinTokens).values({ id: newId('joinToken'), qunId, token, expiresAt, maxUses })
  return { token }
}

/** A qun's join token of now. */
export async function getJoinToken(db: Db, { qunId }: { qunId: string }): Promise<JoinToken | null> {
  const [token] = await selectJoinTokens(db)
    .where(and(eq(joinTokens.qunId, qunId), isNull(joinTokens.replacedAt)))
    .orderBy(desc(joinTokens.createdAt))
    .limit(1)
  return token ?? null
}

/** A qun's latest join tokens, the one of now first. */
export async function listJoinTokens(db: Db, { qunId, limit }: { qunId: string; limit: number }): Promise<JoinToken[]> {
  return selectJoinTokens(db)
    .where(eq(joinTokens.qunId, qunId))
    .orderBy(desc(joinTokens.createdAt), desc(joinTokens.id))
    .limit(limit)
}

/** The join token of these 12 hex digits, replaced ones too. */
export async function findJoinToken(db: Db, { token }: { token: string }): Promise<JoinToken | null> {
  const [found] = await selectJoinTokens(db).where(eq(joinTokens.token, token))
  return found ?? null
}

/** How many people use it, refused ones not counted, belongs to whether it still opens the door. */
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
