import { readAlerts } from '@/lib/dashboard/alert/view'
import { AlertsPanel } from '@/components/alert/alerts-panel'
import { alertsQuery } from '@/components/alert/alert-queries'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('alert.title')

export default async function AlertsPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[prefetched(alertsQuery(), await readAlerts(ctx))]}>
      <AlertsPanel />
    </Prefetch>
  )
}
