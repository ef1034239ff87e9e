import { readRobots, robotListQuery } from '@/app/api/dashboard/views/robots'
import { SamplesTab } from '@/components/application/samples-tab'
import { Prefetch } from '@/components/queries/prefetch'
import { robotsQuery } from '@/components/queries/queries'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('application.tab.samples')

export default async function ApplicationSamplesPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const asked = { application: applicationId }
  const robots = await readRobots(ctx, robotListQuery.parse(asked))
  return (
    <Prefetch entries={[[robotsQuery(asked), robots]]}>
      <SamplesTab applicationId={applicationId} />
    </Prefetch>
  )
}
