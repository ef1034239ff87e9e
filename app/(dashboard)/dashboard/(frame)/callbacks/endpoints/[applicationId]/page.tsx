import { readEndpoint } from '@/app/api/dashboard/views/endpoint-health'
import { EndpointPanel } from '@/components/callback/endpoint-panel'
import { endpointQuery } from '@/components/queries/callback-queries'
import { Prefetch } from '@/components/queries/prefetch'
import { serverTimeZone } from '@/lib/i18n/locale'
import { metricRanges } from '@/lib/metrics/range'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('callback.tab.endpoints')

type Props = { params: Promise<{ applicationId: string }>; searchParams: Promise<{ range?: string | string[] }> }

export default async function EndpointPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const asked = (await searchParams).range
  const figures = { range: metricRanges.find((value) => value === asked) ?? '24h', timeZone: serverTimeZone }
  const endpoint = await foundOr404(readEndpoint(ctx, applicationId, figures))
  return (
    <Prefetch entries={[[endpointQuery(applicationId, figures), endpoint]]}>
      <EndpointPanel applicationId={applicationId} />
    </Prefetch>
  )
}
