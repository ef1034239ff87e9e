import { readApplication } from '@/app/api/dashboard/views/applications'
import { readRobots, robotListQuery } from '@/app/api/dashboard/views/robots'
import { ApplicationPanel } from '@/components/application/application-panel'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationQuery, robotsQuery } from '@/components/queries/queries'
import { foundOr404 } from '../../found-or-404'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('application.title')

export default async function ApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const application = await foundOr404(readApplication(ctx, applicationId))
  const ofApplication = { application: applicationId }
  const robots = await readRobots(ctx, robotListQuery.parse(ofApplication))
  return (
    <Prefetch
      entries={[
        [applicationQuery(applicationId), application],
        [robotsQuery(ofApplication), robots],
      ]}
    >
      <ApplicationPanel applicationId={applicationId} />
    </Prefetch>
  )
}
