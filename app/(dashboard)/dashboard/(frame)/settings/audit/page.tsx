import { readAudit, readAuditKinds } from '@/app/api/dashboard/views/audit'
import { AuditList } from '@/components/audit/audit-list'
import { auditQuery } from '@/components/audit/audit-query'
import { Prefetch } from '@/components/queries/prefetch'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('audit.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const asked = await searchParams
  const actor = typeof asked.actor === 'string' ? asked.actor : ''
  const action = typeof asked.action === 'string' ? asked.action : ''
  const [entries, kinds] = await Promise.all([
    readAudit(ctx, { actor: actor || undefined, action: action || undefined }),
    readAuditKinds(ctx),
  ])
  return (
    <Prefetch entries={[[auditQuery({ actor, action }), { pages: [entries], pageParams: [0] }]]}>
      <AuditList kinds={kinds} />
    </Prefetch>
  )
}
