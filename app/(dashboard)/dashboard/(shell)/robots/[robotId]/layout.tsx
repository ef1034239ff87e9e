import type { ReactNode } from 'react'
import { readRobot } from '@/lib/dashboard/robot/detail'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { robotQuery } from '@/components/queries/queries'
import { RobotShell } from '@/components/robot/robot-shell'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

type Props = { params: Promise<{ robotId: string }>; children: ReactNode }

export default async function RobotLayout({ params, children }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const robot = await foundOr404(readRobot(ctx, robotId))
  return (
    <Prefetch entries={[prefetched(robotQuery(robotId), robot)]}>
      <RobotShell robotId={robotId}>{children}</RobotShell>
    </Prefetch>
  )
}
