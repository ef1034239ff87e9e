import { readConnections } from '@/lib/dashboard/robot/connections'
import { SettingsTab } from '@/components/application/settings-tab'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { connectionsQuery } from '@/components/queries/queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('application.tab.settings')

export default async function ApplicationSettingsPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const connections = await foundOr404(readConnections(ctx, applicationId))
  return (
    <Prefetch entries={[prefetched(connectionsQuery(applicationId), connections)]}>
      <SettingsTab applicationId={applicationId} />
    </Prefetch>
  )
}
