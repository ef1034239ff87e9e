import { desc, eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'

export type TokenView = Omit<typeof tokens.$inferSelect, 'hash' | 'applicationId'>

/** Lists an application's tokens, newest first, the revoked and expired ones too; never the token itself. */
export async function listTokens(db: Db, options: { applicationId: string }): Promise<TokenView[]> {
  return db
    .select({
      id: tokens.id,
      name: tokens.name,
      lastFour: tokens.lastFour,
      rateLimitPerMinute: tokens.rateLimitPerMinute,
      expiresAt: tokens.expiresAt,
      revokedAt: tokens.revokedAt,
      lastUsedAt: tokens.lastUsedAt,
      createdAt: tokens.createdAt,
    })
    .from(tokens)
    .where(eq(tokens.applicationId, options.applicationId))
    .orderBy(desc(tokens.createdAt))
}
