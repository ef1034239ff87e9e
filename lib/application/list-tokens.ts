import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { callbackTokenIdNow } from '@/lib/application/callback-token'

export type TokenView = Omit<typeof tokens.$inferSelect, 'hash' | 'applicationId'> & {
  state: 'active' | 'expired' | 'revoked'
  /** Callbacks repeat it now. */
  isInCallbacks: boolean
  /** When callbacks begin to repeat it; null: they already do, or no switch is pending. */
  inCallbacksFrom: Date | null
}

/** Lists the tokens of an application, newest first, including revoked and expired ones. */
export async function listTokens(db: Db, options: { applicationId: string }): Promise<TokenView[]> {
  return db
    .select({
      id: tokens.id,
      name: tokens.name,
      lastFour: tokens.lastFour,
      rateLimitPerMinute: tokens.rateLimitPerMinute,
      scopes: tokens.scopes,
      robotIds: tokens.robotIds,
      networks: tokens.networks,
      expiresAt: tokens.expiresAt,
      revokedAt: tokens.revokedAt,
      lastUsedAt: tokens.lastUsedAt,
      createdAt: tokens.createdAt,
      replacedById: tokens.replacedById,
      isCallbackOnly: tokens.isCallbackOnly,
      state: sql<TokenView['state']>`case
        when ${tokens.revokedAt} is not null then 'revoked'
        when ${tokens.expiresAt} <= clock_timestamp() then 'expired'
        else 'active' end`,
      isInCallbacks: sql<boolean>`coalesce(${tokens.id} = ${callbackTokenIdNow}, false)`,
      inCallbacksFrom: sql<Date | null>`case
        when ${tokens.id} = next_callback_token_id and callback_token_switches_at > clock_timestamp()
        then callback_token_switches_at end`.mapWith(tokens.expiresAt),
    })
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .where(eq(tokens.applicationId, options.applicationId))
    .orderBy(desc(tokens.createdAt), desc(tokens.id))
}

/** Returns the names of tokens by id, including revoked ones. */
export async function listTokenNames(db: Db, { tokenIds }: { tokenIds: string[] }): Promise<Map<string, string>> {
  if (tokenIds.length === 0) return new Map()
  const rows = await db.select({ id: tokens.id, name: tokens.name }).from(tokens).where(inArray(tokens.id, tokenIds))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
