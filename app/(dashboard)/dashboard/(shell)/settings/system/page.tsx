import { readSystem } from '@/lib/dashboard/system'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { SystemPanel } from '@/components/settings/system-panel'
import { systemQuery } from '@/components/settings/system-query'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('system.title')

export default async function SystemPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[prefetched(systemQuery(), await readSystem(ctx))]}>
      <SystemPanel />
    </Prefetch>
  )
}
