import { and, eq, gt, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import type { Sealer } from '@/lib/secret'
import type { IssuedToken } from './store-token'

/** The token that callbacks repeat now: the next one counts from its moment on, although nothing has moved it. */
export const callbackTokenIdNow = sql<string | null>`case
  when callback_token_switches_at <= clock_timestamp() then next_callback_token_id else callback_token_id end`

const switchesLater = gt(applications.callbackTokenSwitchesAt, sql`clock_timestamp()`)

/**
 * Has callbacks repeat another token from `switchesAt` on; until then they repeat the one before.
 * It takes the place of a switch that has not come yet.
 */
export async function switchCallbackToken(
  tx: Tx,
  options: { sealer: Sealer; applicationId: string; issued: IssuedToken; switchesAt: Date | SQL<Date> },
): Promise<void> {
  const { sealer, applicationId, issued, switchesAt } = options
  const isThis = eq(applications.id, applicationId)
  await tx
    .update(applications)
    .set({
      callbackTokenSealed: sql`next_callback_token_sealed`,
      callbackTokenId: sql`next_callback_token_id`,
    })
    .where(and(isThis, lte(applications.callbackTokenSwitchesAt, sql`clock_timestamp()`)))
  await tx
    .update(applications)
    .set({
      nextCallbackTokenSealed: sealer.seal(issued.token, `application.callback:${applicationId}`),
      nextCallbackTokenId: issued.tokenId,
      callbackTokenSwitchesAt: switchesAt,
    })
    .where(isThis)
}

/** Ends the tokens that callbacks had for themselves, when their successor takes over. */
export async function endOwnCallbackTokens(
  tx: Tx,
  { applicationId, successorId, endsAt }: { applicationId: string; successorId: string; endsAt: SQL<Date> },
): Promise<void> {
  await tx
    .update(tokens)
    .set({ replacedById: successorId, expiresAt: sql`least(expires_at, ${endsAt})` })
    .where(and(eq(tokens.applicationId, applicationId), tokens.isCallbackOnly, ne(tokens.id, successorId)))
}

/** Ends what a revoked token has to do with a switch: its successor counts at once, and it succeeds nobody. */
export async function dropFromCallbacks(tx: Db, { tokenId }: { tokenId: string }): Promise<void> {
  await tx
    .update(applications)
    .set({ callbackTokenSwitchesAt: sql`clock_timestamp()` })
    .where(and(eq(applications.callbackTokenId, tokenId), switchesLater))
  await tx
    .update(applications)
    .set({ nextCallbackTokenSealed: null, nextCallbackTokenId: null, callbackTokenSwitchesAt: null })
    .where(and(eq(applications.nextCallbackTokenId, tokenId), switchesLater))
}
