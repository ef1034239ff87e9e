import { listApplicationNames } from '@/lib/application/list-applications'
import { readConnector } from '@/lib/dashboard/connector/detail'
import { ConnectorPanel } from '@/components/connector/connector-panel'
import { connectorQuery } from '@/components/connector/connector-queries'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { applicationNamesQuery } from '@/components/queries/queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('connector.title')

export default async function ConnectorPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const { ctx } = await requireOperator()
  const { connectorId } = await params
  const connector = await foundOr404(readConnector(ctx, connectorId))
  const applications = await listApplicationNames(ctx.db)
  return (
    <Prefetch
      entries={[prefetched(connectorQuery(connectorId), connector), prefetched(applicationNamesQuery(), applications)]}
    >
      <ConnectorPanel connectorId={connectorId} />
    </Prefetch>
  )
}
