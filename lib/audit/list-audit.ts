import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { containing } from '@/lib/db/containing'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { auditEntries } from '@/lib/db/schema/operator'
import type { Page, Paged } from '@/lib/paging'

export type AuditEntry = typeof auditEntries.$inferSelect

type Wanted = Page & {
  actor?: string | undefined
  action?: string | undefined
  since?: Date | undefined
  /** Up to it, and not at it. */
  until?: Date | undefined
  /** The id of what was changed, or part of its name. */
  search?: string | undefined
}

/** Lists a page of changes, newest first. */
export async function listAudit(db: Db, wanted: Wanted): Promise<Paged<AuditEntry>> {
  const { actor, action, since, until, search } = wanted
  const select = () =>
    db
      .select()
      .from(auditEntries)
      .where(
        and(
          actor === undefined ? undefined : eq(auditEntries.actor, actor),
          action === undefined ? undefined : eq(auditEntries.action, action),
          since && gte(auditEntries.at, since),
          until && lt(auditEntries.at, until),
          search === undefined ? undefined : isAbout(search),
        ),
      )
      .$dynamic()
  return readPage(db, select, { ...wanted, orderBy: [desc(auditEntries.id)] })
}

/** Of things in great number, rooms and messages, only the id finds them. */
function isAbout(search: string): SQL {
  const pattern = containing(search)
  return sql`(${auditEntries.targetId} = ${search} or ${auditEntries.targetId} in (
    select id from applications where name ilike ${pattern}
    union all select id from tokens where name ilike ${pattern} or last_four = ${search}
    union all select id from robots where nickname ilike ${pattern} or username ilike ${pattern}
    union all select id from quns where name ilike ${pattern} or number = ${search}
    union all select id from operators where email ilike ${pattern}
  ) or ${auditEntries.detail} ->> 'email' ilike ${pattern})`
}
