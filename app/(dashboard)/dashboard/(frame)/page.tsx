import { readMetricsView } from '@/app/api/dashboard/views/metrics'
import { readOverview } from '@/app/api/dashboard/views/overview'
import { metricsQuery } from '@/components/overview/metrics-query'
import { OverviewPanel } from '@/components/overview/overview-panel'
import { Prefetch } from '@/components/queries/prefetch'
import { overviewQuery } from '@/components/queries/queries'
import { serverTimeZone } from '@/lib/i18n/locale'
import { metricRanges } from '@/lib/metrics/range'
import { pageTitle } from './page-title'
import { requireOperator } from './require-operator'

export const generateMetadata = pageTitle('overview.title')

type Props = { searchParams: Promise<{ range?: string | string[] }> }

export default async function OverviewPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const asked = await searchParams
  const figures = { range: metricRanges.find((value) => value === asked.range) ?? '24h', timeZone: serverTimeZone }
  const [overview, metrics] = await Promise.all([readOverview(ctx), readMetricsView(ctx, figures)])
  return (
    <Prefetch
      entries={[
        [overviewQuery(), overview],
        [metricsQuery(figures), metrics],
      ]}
    >
      <OverviewPanel />
    </Prefetch>
  )
}
