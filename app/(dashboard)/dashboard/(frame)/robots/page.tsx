import { readApplicationNames } from '@/app/api/dashboard/views/applications'
import { readRobots, robotListQuery } from '@/app/api/dashboard/views/robots'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationNamesQuery, robotFilters, robotsQuery } from '@/components/queries/queries'
import { RobotList } from '@/components/robot/robot-list'
import { listEntry } from '../list-entry'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('robot.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function RobotsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, robotFilters)
  const [robots, applications] = await Promise.all([
    listEntry(robotsQuery(params), robotListQuery, params, (asked) => readRobots(ctx, asked)),
    readApplicationNames(ctx),
  ])
  return (
    <Prefetch entries={[...robots, [applicationNamesQuery(), applications]]}>
      <RobotList />
    </Prefetch>
  )
}
