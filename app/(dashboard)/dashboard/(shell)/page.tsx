import { readMetricsView } from '@/lib/dashboard/overview/metrics'
import { readOverview } from '@/lib/dashboard/overview/overview'
import { metricsQuery } from '@/components/overview/metrics-query'
import { OverviewPanel } from '@/components/overview/overview-panel'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { overviewQuery } from '@/components/queries/queries'
import { serverTimeZone } from '@/lib/i18n/locale'
import { metricRanges } from '@/lib/metrics/range'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('overview.title')

type Props = { searchParams: Promise<{ range?: string | string[] }> }

export default async function OverviewPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { range } = await searchParams
  const figures = { range: metricRanges.find((value) => value === range) ?? '24h', timeZone: serverTimeZone }
  const [overview, metrics] = await Promise.all([readOverview(ctx), readMetricsView(ctx, figures)])
  return (
    <Prefetch entries={[prefetched(overviewQuery(), overview), prefetched(metricsQuery(figures), metrics)]}>
      <OverviewPanel />
    </Prefetch>
  )
}
