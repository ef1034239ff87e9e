import { desc, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { callbackTokenIdNow } from './callback-token'

export type TokenView = Omit<typeof tokens.$inferSelect, 'hash' | 'applicationId'> & {
  state: 'active' | 'expired' | 'revoked'
  /** Whether callbacks repeat it now. */
  isInCallbacks: boolean
  /** When callbacks begin to repeat it; null = they do already, or never will. */
  inCallbacksFrom: Date | null
}

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
