import { endpointListQuery, readEndpointHealth } from '@/lib/dashboard/callback/endpoints'
import { EndpointList } from '@/components/callback/endpoint-list'
import { endpointFilters, endpointHealthQuery } from '@/components/queries/callback-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('callback.tab.endpoints')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function EndpointsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, endpointFilters)
  const entries = await listEntry(endpointHealthQuery(params), endpointListQuery, params, (query) =>
    readEndpointHealth(ctx, query),
  )
  return (
    <Prefetch entries={entries}>
      <EndpointList />
    </Prefetch>
  )
}
