import { readApplications } from '@/app/api/dashboard/views/applications'
import { readRobots } from '@/app/api/dashboard/views/robots'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationsQuery, robotsQuery } from '@/components/queries/queries'
import { RobotList } from '@/components/robot/robot-list'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('robot.title')

export default async function RobotsPage() {
  const { ctx } = await requireOperator()
  const [robots, applications] = await Promise.all([readRobots(ctx), readApplications(ctx)])
  return (
    <Prefetch
      entries={[
        [robotsQuery(), robots],
        [applicationsQuery(), applications],
      ]}
    >
      <RobotList />
    </Prefetch>
  )
}
