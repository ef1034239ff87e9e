import { readSystem } from '@/app/api/dashboard/views/system'
import { Prefetch } from '@/components/queries/prefetch'
import { SystemPanel } from '@/components/settings/system-panel'
import { systemQuery } from '@/components/settings/system-query'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('system.title')

export default async function SystemPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[systemQuery(), await readSystem(ctx)]]}>
      <SystemPanel />
    </Prefetch>
  )
}
