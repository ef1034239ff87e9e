import { RobotSettings } from '@/components/robot/robot-settings'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.settings')

export default async function RobotSettingsPage({ params }: { params: Promise<{ robotId: string }> }) {
  await requireOperator()
  return <RobotSettings robotId={(await params).robotId} />
}
