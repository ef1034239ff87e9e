import { SessionPanel } from '@/components/robot/session-panel'
import { requireOperator } from '../../../require-operator'

export default async function SessionPage({ params }: { params: Promise<{ robotId: string }> }) {
  await requireOperator()
  return <SessionPanel robotId={(await params).robotId} />
}
