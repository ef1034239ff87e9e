import { SessionPanel } from '@/components/robot/session-panel'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.session')

export default async function SessionPage({ params }: { params: Promise<{ robotId: string }> }) {
  await requireOperator()
  return <SessionPanel robotId={(await params).robotId} />
}
