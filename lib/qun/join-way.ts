import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { qunJoinWays } from '@/lib/db/schema/wecom'

/** The official way to join the group behind a qun; `picture` null: its QR code is not fetched yet. */
export type JoinWay = { chatId: string; configId: string; picture: { contentType: string; bytes: Buffer } | null }

/** Returns the way to join the group behind a qun. null: none yet, or a group without an official one. Spec: E7 (customer groups). */
export async function getJoinWay(db: Db, { qunId }: { qunId: string }): Promise<JoinWay | null> {
  const [way] = await db.select().from(qunJoinWays).where(eq(qunJoinWays.qunId, qunId))
  if (!way) return null
  const { chatId, configId, contentType, bytes } = way
  return { chatId, configId, picture: contentType !== null && bytes !== null ? { contentType, bytes } : null }
}

/** Returns whether the official QR code of a qun can be shown. */
export async function hasJoinQr(db: Db, { qunId }: { qunId: string }): Promise<boolean> {
  const [way] = await db
    .select({ isFetched: sql<boolean>`${qunJoinWays.bytes} is not null` })
    .from(qunJoinWays)
    .where(eq(qunJoinWays.qunId, qunId))
  return way?.isFetched ?? false
}

/** Stores the way to join the group behind a qun; it replaces the one of another group. */
export async function saveJoinWay(
  tx: Tx,
  { qunId, chatId, configId, picture }: JoinWay & { qunId: string },
): Promise<void> {
  const { contentType = null, bytes = null } = picture ?? {}
  const columns = { chatId, configId, contentType, bytes, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(qunJoinWays)
    .values({ qunId, ...columns })
    .onConflictDoUpdate({ target: qunJoinWays.qunId, set: columns })
}

/** Deletes the way to join the group behind a qun after the service has deleted it; a newer one stays. */
export async function deleteJoinWay(tx: Tx, { qunId, configId }: { qunId: string; configId: string }): Promise<void> {
  await tx.delete(qunJoinWays).where(and(eq(qunJoinWays.qunId, qunId), eq(qunJoinWays.configId, configId)))
}
