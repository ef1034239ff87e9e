import { readConnectors } from '@/lib/dashboard/connector/list'
import { ConnectorList } from '@/components/connector/connector-list'
import { connectorsQuery } from '@/components/connector/connector-queries'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('connector.title')

export default async function ConnectorsPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[prefetched(connectorsQuery(), await readConnectors(ctx))]}>
      <ConnectorList />
    </Prefetch>
  )
}
