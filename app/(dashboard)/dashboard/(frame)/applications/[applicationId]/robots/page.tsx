import { readRobots, robotListQuery } from '@/app/api/dashboard/views/robots'
import { ApplicationRobots } from '@/components/application/application-robots'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { robotFilters, robotsQuery } from '@/components/queries/queries'
import { listEntry } from '../../../list-entry'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('application.tab.robots')

type Props = {
  params: Promise<{ applicationId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ApplicationRobotsPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const asked = { ...pickListParams(await searchParams, robotFilters), application: applicationId }
  return (
    <Prefetch entries={await listEntry(robotsQuery(asked), robotListQuery, asked, (query) => readRobots(ctx, query))}>
      <ApplicationRobots applicationId={applicationId} />
    </Prefetch>
  )
}
