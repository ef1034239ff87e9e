import { readApplications } from '@/app/api/dashboard/views/applications'
import { ApplicationList } from '@/components/application/application-list'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationsQuery } from '@/components/queries/queries'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('application.title')

export default async function ApplicationsPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[applicationsQuery(), await readApplications(ctx)]]}>
      <ApplicationList />
    </Prefetch>
  )
}
