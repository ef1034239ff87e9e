import { readRobots, robotListQuery } from '@/lib/dashboard/robot/list'
import { SamplesTab } from '@/components/application/samples-tab'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { robotsQuery } from '@/components/queries/queries'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('application.tab.samples')

export default async function ApplicationSamplesPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const listParams = { application: applicationId }
  const robots = await readRobots(ctx, robotListQuery.parse(listParams))
  return (
    <Prefetch entries={[prefetched(robotsQuery(listParams), robots)]}>
      <SamplesTab applicationId={applicationId} />
    </Prefetch>
  )
}
