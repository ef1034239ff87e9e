import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { dismissedAttention } from '@/lib/db/schema/operator'
import type { AttentionKind } from '@/lib/db/types'

/** An attention item and the state in which an operator saw it. */
export type SeenAttention = { kind: AttentionKind; targetId: string; state: string }

/** Hides an item from all operators until its state changes. */
export async function dismissAttention(tx: Tx, seen: SeenAttention): Promise<void> {
  await tx
    .insert(dismissedAttention)
    .values(seen)
    .onConflictDoUpdate({
      target: [dismissedAttention.kind, dismissedAttention.targetId],
      set: { state: seen.state, dismissedAt: sql`clock_timestamp()` },
    })
}

/** Shows a dismissed item again; returns whether it was dismissed. */
export async function restoreAttention(tx: Tx, { kind, targetId }: Omit<SeenAttention, 'state'>): Promise<boolean> {
  const rows = await tx
    .delete(dismissedAttention)
    .where(and(eq(dismissedAttention.kind, kind), eq(dismissedAttention.targetId, targetId)))
    .returning({ kind: dismissedAttention.kind })
  return rows.length > 0
}

/** SQL: the item about `targetId` was dismissed in exactly this state. */
export function isDismissed({ kind, targetId, state }: { kind: SQL; targetId: SQL; state: SQL }): SQL {
  return sql`exists (select from dismissed_attention as dismissed
    where dismissed.kind = ${kind} and dismissed.target_id = ${targetId} and dismissed.state = ${state})`
}

/** Returns the dismissed state of each item of a kind, by target id. */
export async function readDismissals(db: Db, kind: AttentionKind): Promise<Map<string, string>> {
  const { targetId, state } = dismissedAttention
  const rows = await db.select({ targetId, state }).from(dismissedAttention).where(eq(dismissedAttention.kind, kind))
  return new Map(rows.map((row) => [row.targetId, row.state]))
}
