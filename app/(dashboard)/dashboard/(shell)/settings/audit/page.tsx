import { auditListQuery, readActors, readAudit } from '@/lib/dashboard/audit/list'
import { AuditList } from '@/components/audit/audit-list'
import { auditFilters, auditQuery } from '@/components/audit/audit-query'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('audit.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, auditFilters)
  const [entries, actors] = await Promise.all([
    listEntry(auditQuery(params), auditListQuery, params, (query) => readAudit(ctx, query)),
    readActors(ctx),
  ])
  return (
    <Prefetch entries={entries}>
      <AuditList actors={actors} />
    </Prefetch>
  )
}
