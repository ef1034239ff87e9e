import { readRetention } from '@/lib/dashboard/retention/view'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { RetentionPanel } from '@/components/settings/retention-panel'
import { retentionQuery } from '@/components/settings/retention-query'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('retention.title')

export default async function RetentionPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[prefetched(retentionQuery(), await readRetention(ctx))]}>
      <RetentionPanel />
    </Prefetch>
  )
}
