import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { auditEntries } from '@/lib/db/schema/operator'

export type AuditEntry = typeof auditEntries.$inferSelect

type Filter = { targetId?: string | undefined; actor?: string | undefined; action?: string | undefined }

/** Lists changes, newest first: all, or those of one thing, by one actor, of one kind; `beforeId` pages on. */
export async function listAudit(
  db: Db,
  options: Filter & { beforeId?: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const { targetId, actor, action, beforeId, limit } = options
  return db
    .select()
    .from(auditEntries)
    .where(
      and(
        targetId === undefined ? undefined : eq(auditEntries.targetId, targetId),
        actor === undefined ? undefined : eq(auditEntries.actor, actor),
        action === undefined ? undefined : eq(auditEntries.action, action),
        beforeId === undefined ? undefined : lt(auditEntries.id, beforeId),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(limit)
}
