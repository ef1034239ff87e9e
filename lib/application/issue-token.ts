import type { Db } from '@/lib/db/client'
import { hashToken, newAccessToken } from '@/lib/secret'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { tokens } from '@/lib/db/schema/application'
import { type LimitChange, readLimits } from '@/lib/application/token-limits'
import { newId } from '@/lib/id'

/**
 * Issues an additional access token. It is returned only once and stored as a hash. @throws NOT_FOUND
 */
export async function issueToken(tx: Db, options: Omit<NewToken, 'isCallbackOnly'>): Promise<IssuedToken> {
  await getApplicationOrThrow(tx, { applicationId: options.applicationId })
  return storeToken(tx, newAccessToken(), { ...options, ...(await readLimits(tx, options)) })
}

export type NewToken = {
  applicationId: string
  name: string
  /** null: never expires. */
  expiresAt?: Date | null
  /** 600 by default; 0: no limit. */
  rateLimitPerMinute?: number | undefined
  /** true: callbacks repeat it, and it does not open the API. */
  isCallbackOnly?: boolean
} & LimitChange

export type IssuedToken = { tokenId: string; token: string }

/** Stores the hash and the last four characters of a token, never the token. */
export async function storeToken(tx: Db, token: string, options: NewToken): Promise<IssuedToken> {
  const tokenId = newId('token')
  await tx.insert(tokens).values({
    ...options,
    id: tokenId,
    hash: hashToken(token),
    lastFour: token.slice(-4),
    expiresAt: options.expiresAt ?? null,
  })
  return { tokenId, token }
}
