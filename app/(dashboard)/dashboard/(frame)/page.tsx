import { readOverview } from '@/app/api/dashboard/views/overview'
import { OverviewPanel } from '@/components/overview/overview-panel'
import { Prefetch } from '@/components/queries/prefetch'
import { overviewQuery } from '@/components/queries/queries'
import { pageTitle } from './page-title'
import { requireOperator } from './require-operator'

export const generateMetadata = pageTitle('overview.title')

export default async function OverviewPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[overviewQuery(), await readOverview(ctx)]]}>
      <OverviewPanel />
    </Prefetch>
  )
}
