import { auditListQuery, readActors, readAudit } from '@/app/api/dashboard/views/audit'
import { AuditList } from '@/components/audit/audit-list'
import { auditFilters, auditQuery } from '@/components/audit/audit-query'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { listEntry } from '../../list-entry'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('audit.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, auditFilters)
  const [entries, actors] = await Promise.all([
    listEntry(auditQuery(params), auditListQuery, params, (asked) => readAudit(ctx, asked)),
    readActors(ctx),
  ])
  return (
    <Prefetch entries={entries}>
      <AuditList actors={actors} />
    </Prefetch>
  )
}
