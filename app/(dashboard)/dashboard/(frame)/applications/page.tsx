import { readApplications } from '@/app/api/dashboard/views/applications'
import { ApplicationList } from '@/components/application/application-list'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationsQuery } from '@/components/queries/queries'
import { requireOperator } from '../require-operator'

export default async function ApplicationsPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[applicationsQuery(), await readApplications(ctx)]]}>
      <ApplicationList />
    </Prefetch>
  )
}
