import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { likePattern } from '@/lib/db/like-pattern'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { auditEntries } from '@/lib/db/schema/operator'
import type { Page, Paged } from '@/lib/paging'
import { storedSpellings } from '@/lib/audit/audit-actions'

export type AuditEntry = typeof auditEntries.$inferSelect

type AuditFilter = Page & {
  actor?: string | undefined
  action?: string | undefined
  since?: Date | undefined
  /** Exclusive. */
  until?: Date | undefined
  /** Id of the target, or part of its name. */
  search?: string | undefined
}

/** Lists a page of audit entries, newest first. */
export async function listAudit(db: Db, filter: AuditFilter): Promise<Paged<AuditEntry>> {
  const { actor, action, since, until, search } = filter
  const select = () =>
    db
      .select()
      .from(auditEntries)
      .where(
        and(
          actor === undefined ? undefined : eq(auditEntries.actor, actor),
          action === undefined ? undefined : inArray(auditEntries.action, storedSpellings(action)),
          since && gte(auditEntries.at, since),
          until && lt(auditEntries.at, until),
          search === undefined ? undefined : concernsTarget(search),
        ),
      )
      .$dynamic()
  return readPage(db, select, { ...filter, orderBy: [desc(auditEntries.id)] })
}

/** Rooms and messages are found by id only, because there are too many to search by name. */
function concernsTarget(search: string): SQL {
  const pattern = likePattern(search)
  return sql`(${auditEntries.targetId} = ${search} or ${auditEntries.targetId} in (
    select id from applications where name ilike ${pattern}
    union all select id from tokens where name ilike ${pattern} or last_four = ${search}
    union all select id from robots where nickname ilike ${pattern} or username ilike ${pattern}
    union all select id from quns where name ilike ${pattern} or number = ${search}
    union all select id from operators where email ilike ${pattern}
  ) or ${auditEntries.detail} ->> 'email' ilike ${pattern})`
}

/** Lists all actors of the audit, as choices of a filter. */
export async function listActors(db: Db): Promise<string[]> {
  const { actor } = auditEntries
  return (await db.selectDistinct({ actor }).from(auditEntries).orderBy(actor)).map((row) => row.actor)
}
