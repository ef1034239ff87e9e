import { endpointListQuery, readEndpointHealth } from '@/app/api/dashboard/views/endpoint-health'
import { EndpointList } from '@/components/callback/endpoint-list'
import { endpointFilters, endpointHealthQuery } from '@/components/queries/callback-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { listEntry } from '../../list-entry'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('callback.tab.endpoints')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function EndpointsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, endpointFilters)
  const entries = await listEntry(endpointHealthQuery(params), endpointListQuery, params, (asked) =>
    readEndpointHealth(ctx, asked),
  )
  return (
    <Prefetch entries={entries}>
      <EndpointList />
    </Prefetch>
  )
}
