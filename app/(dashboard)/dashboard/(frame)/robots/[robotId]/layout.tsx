import type { ReactNode } from 'react'
import { readRobot } from '@/app/api/dashboard/views/robots'
import { Prefetch } from '@/components/queries/prefetch'
import { robotQuery } from '@/components/queries/queries'
import { RobotFrame } from '@/components/robot/robot-frame'
import { foundOr404 } from '../../found-or-404'
import { requireOperator } from '../../require-operator'

type Props = { params: Promise<{ robotId: string }>; children: ReactNode }

export default async function RobotLayout({ params, children }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const robot = await foundOr404(readRobot(ctx, robotId))
  return (
    <Prefetch entries={[[robotQuery(robotId), robot]]}>
      <RobotFrame robotId={robotId}>{children}</RobotFrame>
    </Prefetch>
  )
}
