import { readEndpoint } from '@/lib/dashboard/callback/endpoints'
import { EndpointPanel } from '@/components/callback/endpoint-panel'
import { endpointQuery } from '@/components/queries/callback-queries'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { serverTimeZone } from '@/lib/i18n/locale'
import { metricRanges } from '@/lib/metrics/range'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('callback.tab.endpoints')

type Props = { params: Promise<{ endpointId: string }>; searchParams: Promise<{ range?: string | string[] }> }

export default async function EndpointPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { endpointId } = await params
  const { range } = await searchParams
  const figures = { range: metricRanges.find((value) => value === range) ?? '24h', timeZone: serverTimeZone }
  const endpoint = await foundOr404(readEndpoint(ctx, endpointId, figures))
  return (
    <Prefetch entries={[prefetched(endpointQuery(endpointId, figures), endpoint)]}>
      <EndpointPanel healthId={endpointId} />
    </Prefetch>
  )
}
