import type { Db } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'
import { newId } from '@/lib/id'
import { hashToken } from '@/lib/secret'

export type NewToken = {
  applicationId: string
  name: string
  /** null = never. */
  expiresAt?: Date | null
  /** Requests a minute, 600 unless told; 0 = no limit. */
  rateLimitPerMinute?: number | undefined
  /** It opens nothing; false unless told. */
  isCallbackOnly?: boolean
}

export type IssuedToken = { tokenId: string; token: string }

/** Stores a token's hash and its last four characters, never the token. */
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
