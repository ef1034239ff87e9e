import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { type LimitChange, readLimits } from '@/lib/application/token-limits'
import { AppError } from '@/lib/errors'

type Change = {
  name?: string | undefined
  /** null: never expires. */
  expiresAt?: Date | null | undefined
  /** 0: no limit. */
  rateLimitPerMinute?: number | undefined
} & LimitChange
type Changed = Required<{ [Key in keyof Change]: Exclude<Change[Key], undefined> }>

/**
 * Changes the name, expiry or limits of a token of an application, or of any without `applicationId`. An expired token works again if its expiry is moved to the future.
 * @throws NOT_FOUND; INVALID_PARAMETER when it is revoked, or when the expiry of a replaced token is changed.
 */
export async function changeToken(
  tx: Tx,
  options: { applicationId?: string | undefined; tokenId: string } & Change,
): Promise<{ applicationId: string; before: Changed; after: Changed }> {
  const { applicationId: owner, tokenId, ...change } = options
  const [token] = await tx
    .select()
    .from(tokens)
    .where(and(eq(tokens.id, tokenId), owner === undefined ? undefined : eq(tokens.applicationId, owner)))
    .for('update')
  if (!token) throw new AppError('NOT_FOUND', { reason: 'token_not_found', parameter: 'tokenId' })
  if (token.revokedAt) throw new AppError('INVALID_PARAMETER', { reason: 'token_revoked', parameter: 'tokenId' })
  const isEndMoved = change.expiresAt !== undefined && change.expiresAt?.getTime() !== token.expiresAt?.getTime()
  if (token.replacedById && isEndMoved)
    throw new AppError('INVALID_PARAMETER', { reason: 'token_replaced_expiry', parameter: 'expiresAt' })
  const { applicationId } = token
  const isAny = Object.values(change).some((value) => value !== undefined)
  const limits = await readLimits(tx, { applicationId, ...change })
  const [changed] = isAny
    ? await tx
        .update(tokens)
        .set({ ...change, ...limits })
        .where(eq(tokens.id, tokenId))
        .returning()
    : [token]
  return { applicationId, before: pick(token), after: pick(changed!) }
}

function pick({ name, expiresAt, rateLimitPerMinute, scopes, robotIds, networks }: Changed): Changed {
  return { name, expiresAt, rateLimitPerMinute, scopes, robotIds, networks }
}
