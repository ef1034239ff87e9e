import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'

type Change = {
  name?: string | undefined
  /** null = never. */
  expiresAt?: Date | null | undefined
  /** Requests a minute; 0 = no limit. */
  rateLimitPerMinute?: number | undefined
}
type Changed = Required<{ [Key in keyof Change]: Exclude<Change[Key], undefined> }>

/**
 * Renames a token, moves its end or its limit; the token itself stays, also one that has run out and is given more time.
 * @throws NOT_FOUND, INVALID_PARAMETER for a revoked one, and for the end of one that has a successor: their overlap sets it.
 */
export async function changeToken(
  tx: Tx,
  options: { applicationId: string; tokenId: string } & Change,
): Promise<{ before: Changed; after: Changed }> {
  const { applicationId, tokenId, ...change } = options
  const [found] = await tx
    .select()
    .from(tokens)
    .where(and(eq(tokens.id, tokenId), eq(tokens.applicationId, applicationId)))
    .for('update')
  if (!found) throw new AppError('NOT_FOUND', '访问令牌不存在', { parameter: 'tokenId' })
  if (found.revokedAt) throw new AppError('INVALID_PARAMETER', '这个令牌已撤销，不能再修改', { parameter: 'tokenId' })
  const isEndMoved = change.expiresAt !== undefined && change.expiresAt?.getTime() !== found.expiresAt?.getTime()
  if (found.replacedById && isEndMoved)
    throw new AppError('INVALID_PARAMETER', '这个令牌已经换过新的了，失效时间不能再改', { parameter: 'expiresAt' })
  const isAny = Object.values(change).some((value) => value !== undefined)
  const [changed] = isAny ? await tx.update(tokens).set(change).where(eq(tokens.id, tokenId)).returning() : [found]
  return { before: pick(found), after: pick(changed!) }
}

function pick({ name, expiresAt, rateLimitPerMinute }: Changed): Changed {
  return { name, expiresAt, rateLimitPerMinute }
}
