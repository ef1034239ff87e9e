import { createHash, timingSafeEqual } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import type { Sealer } from '@/lib/secret'

type SealedKey = { id: string; ownerKey: string }

/** Matches a key that an earlier version stored unsealed; a sealed key contains dots. */
const plainKey = /^[0-9A-Za-z]{22}$/

const contextOf = (qunId: string) => `qun-owner:${qunId}`

/** Seals the key of a qun's owner_url for storage. */
export function sealOwnerKey(sealer: Sealer, { id, key }: { id: string; key: string }): string {
  return sealer.seal(key, contextOf(id))
}

/** Opens the key of a qun's owner_url. @throws if it was sealed with an unknown key or for another qun. */
export function openOwnerKey(sealer: Sealer, { id, ownerKey }: SealedKey): string {
  return plainKey.test(ownerKey) ? ownerKey : sealer.open(ownerKey, contextOf(id))
}

/** Returns whether `key` is the owner's key, in constant time. */
export function isOwnerKey(sealer: Sealer, qun: SealedKey, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(key), digest(openOwnerKey(sealer, qun)))
}

/** Seals the keys that an earlier version stored in plain text. Idempotent. */
export async function sealPlainOwnerKeys(db: Db, { sealer }: { sealer: Sealer }): Promise<void> {
  const isPlain = sql`${quns.ownerKey} ~ ${plainKey.source}`
  const rows = await db.select({ id: quns.id, key: quns.ownerKey }).from(quns).where(isPlain)
  for (const { id, key } of rows)
    await db
      .update(quns)
      .set({ ownerKey: sealOwnerKey(sealer, { id, key }) })
      .where(eq(quns.id, id))
}
