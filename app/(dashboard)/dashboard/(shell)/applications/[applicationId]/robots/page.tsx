import { readRobots, robotListQuery } from '@/lib/dashboard/robot/list'
import { ApplicationRobots } from '@/components/application/application-robots'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { robotFilters, robotsQuery } from '@/components/queries/queries'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('application.tab.robots')

type Props = {
  params: Promise<{ applicationId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ApplicationRobotsPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const listParams = { ...pickListParams(await searchParams, robotFilters), application: applicationId }
  return (
    <Prefetch
      entries={await listEntry(robotsQuery(listParams), robotListQuery, listParams, (query) => readRobots(ctx, query))}
    >
      <ApplicationRobots applicationId={applicationId} />
    </Prefetch>
  )
}
