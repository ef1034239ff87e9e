import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { auditEntries } from '@/lib/db/schema/operator'

export type AuditEntry = typeof auditEntries.$inferSelect

/** Lists changes, newest first: all, or those of one thing; `beforeId` pages on. */
export async function listAudit(
  db: Db,
  options: { targetId?: string | undefined; beforeId?: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const { targetId, beforeId, limit } = options
  return db
    .select()
    .from(auditEntries)
    .where(
      and(
        targetId === undefined ? undefined : eq(auditEntries.targetId, targetId),
        beforeId === undefined ? undefined : lt(auditEntries.id, beforeId),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(limit)
}
