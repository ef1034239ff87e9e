import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** The first entry that differs from what was recorded. */
export type BrokenEntry = { sequence: number; id: number | null; at: string | null; reason: string }

export type AuditVerification = {
  /** Number of unchanged entries, from the first one. */
  count: number
  /**
   * Hash of the last unchanged entry; "": none. A later check that receives it as `knownHead` detects whether entries at the end of the audit log
   * were removed.
   */
  head: string
  broken: BrokenEntry | null
}

type Row = { sequence: number; id: number; at: string; hash: string | null; content: string }

const batchSize = 5000

/**
 * Checks the audit chain from its first entry and stops at the first that was changed, removed or inserted. `knownHead` is a hash that an earlier
 * check returned; if it is given, the chain must contain it.
 */
export async function verifyAudit(
  db: Db,
  { knownHead }: { knownHead?: string | undefined } = {},
): Promise<AuditVerification> {
  let [count, head] = [0, '']
  let hasKnownHead = knownHead === undefined
  for (;;) {
    const rows = await readBatch(db, count)
    for (const row of rows) {
      const expected = createHash('sha256').update(`${head}\n${row.content}`).digest('hex')
      const reason =
        row.sequence !== count + 1
          ? 'an entry before it is missing'
          : row.hash !== expected
            ? 'its content or position was changed'
            : null
      if (reason) return { count, head, broken: { sequence: row.sequence, id: row.id, at: row.at, reason } }
      count = row.sequence
      head = expected
      hasKnownHead ||= head === knownHead
    }
    if (rows.length < batchSize) break
  }
  const [unchained] = await db.execute<{ id: number; at: string }>(
    sql`select id::float8 as id, at::text as at from audit_entries where sequence is null limit 1`,
  )
  if (unchained)
    return { count, head, broken: { sequence: count + 1, ...unchained, reason: 'it is not part of the chain' } }
  if (!hasKnownHead)
    return {
      count,
      head,
      broken: { sequence: count + 1, id: null, at: null, reason: 'the head you gave is not in the chain' },
    }
  return { count, head, broken: null }
}

/** Reads a batch of entries. `content` must be the text that the database function `audit_hash` hashes: normalized jsonb. */
async function readBatch(db: Db, after: number): Promise<Row[]> {
  const rows = await db.execute<Row>(sql`
    select sequence::float8 as sequence, id::float8 as id, at::text as at, hash, jsonb_build_object(
        'sequence', sequence, 'id', id, 'actor', actor, 'action', action, 'targetId', target_id, 'detail', detail,
        'peerAddress', peer_address, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text as content
      from audit_entries where sequence > ${after} order by sequence limit ${batchSize}`)
  return [...rows]
}
