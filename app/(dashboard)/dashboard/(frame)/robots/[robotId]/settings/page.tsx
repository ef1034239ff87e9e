import { RobotSettings } from '@/components/robot/robot-settings'
import { requireOperator } from '../../../require-operator'

export default async function RobotSettingsPage({ params }: { params: Promise<{ robotId: string }> }) {
  await requireOperator()
  return <RobotSettings robotId={(await params).robotId} />
}
