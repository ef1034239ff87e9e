import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { type SealedColumn, sealedColumns } from '@/lib/sealed/sealed-columns'
import type { Sealer } from '@/lib/secret'

/** Rows that are locked and rewritten together. */
const batchSize = 100

/** Counts sealed secrets by the id of the key that sealed them. */
export async function countSecretsByKey(db: Db): Promise<{ keyId: string; count: number }[]> {
  const counts = new Map<string, number>()
  for (const { table, column } of sealedColumns) {
    const rows = await db.execute<{ keyId: string; count: number }>(sql`
      select split_part(${sql.identifier(column)}, '.', 1) as "keyId", count(*)::int as count
        from ${sql.identifier(table)} where ${sql.identifier(column)} like '%.%' group by 1`)
    for (const { keyId, count } of rows) counts.set(keyId, (counts.get(keyId) ?? 0) + count)
  }
  return [...counts].map(([keyId, count]) => ({ keyId, count })).sort((a, b) => a.keyId.localeCompare(b.keyId))
}

/**
 * Seals all secrets with the key `currentKeyId`, in small transactions while the product runs. Leaves out those that no key opens and
 * returns their number. Idempotent.
 */
export async function resealSecrets(
  db: Db,
  { sealer, currentKeyId }: { sealer: Sealer; currentKeyId: string },
): Promise<{ resealedCount: number; unreadableCount: number }> {
  let resealedCount = 0
  let unreadableCount = 0
  for (const column of sealedColumns) {
    let afterId = ''
    for (;;) {
      const batch = await db.transaction((tx) => resealBatch(tx, { sealer, currentKeyId, column, afterId }))
      resealedCount += batch.resealedCount
      unreadableCount += batch.unreadableCount
      if (batch.lastId === null) break
      afterId = batch.lastId
    }
  }
  return { resealedCount, unreadableCount }
}

type Batch = { sealer: Sealer; currentKeyId: string; column: SealedColumn; afterId: string }

async function resealBatch(tx: Db, { sealer, currentKeyId, column, afterId }: Batch) {
  const table = sql.identifier(column.table)
  const sealed = sql.identifier(column.column)
  const idColumn = sql.identifier(column.idColumn)
  const rows = await tx.execute<{ id: string; sealed: string }>(sql`
    select ${idColumn} as id, ${sealed} as sealed from ${table}
      where ${idColumn} > ${afterId} and ${sealed} like '%.%' and split_part(${sealed}, '.', 1) <> ${currentKeyId}
      order by ${idColumn} limit ${batchSize} for update`)
  let resealedCount = 0
  for (const row of rows) {
    const next = reseal(sealer, row.sealed, `${column.prefix}:${row.id}`)
    if (next === null) continue
    await tx.execute(sql`update ${table} set ${sealed} = ${next} where ${idColumn} = ${row.id}`)
    resealedCount++
  }
  return { resealedCount, unreadableCount: rows.length - resealedCount, lastId: rows.at(-1)?.id ?? null }
}

function reseal(sealer: Sealer, sealed: string, context: string): string | null {
  try {
    return sealer.seal(sealer.open(sealed, context), context)
  } catch {
    return null
  }
}
