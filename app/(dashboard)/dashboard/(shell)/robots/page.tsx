import { readApplicationNames } from '@/lib/dashboard/application/list'
import { readRobots, robotListQuery } from '@/lib/dashboard/robot/list'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { applicationNamesQuery, robotFilters, robotsQuery } from '@/components/queries/queries'
import { RobotList } from '@/components/robot/robot-list'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function RobotsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, robotFilters)
  const [robots, applications] = await Promise.all([
    listEntry(robotsQuery(params), robotListQuery, params, (query) => readRobots(ctx, query)),
    readApplicationNames(ctx),
  ])
  return (
    <Prefetch entries={[...robots, prefetched(applicationNamesQuery(), applications)]}>
      <RobotList />
    </Prefetch>
  )
}
