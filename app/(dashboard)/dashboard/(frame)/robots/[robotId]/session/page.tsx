import { readHistory } from '@/app/api/dashboard/views/history'
import { Prefetch } from '@/components/queries/prefetch'
import { historyQuery } from '@/components/queries/line-queries'
import { HistoryCard } from '@/components/robot/history-card'
import { SessionPanel } from '@/components/robot/session-panel'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.session')

export default async function SessionPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const history = await foundOr404(readHistory(ctx, { robotId }))
  return (
    <Prefetch entries={[[historyQuery(robotId), { pages: [history], pageParams: [0] }]]}>
      <div className="flex flex-col gap-6">
        <SessionPanel robotId={robotId} />
        <HistoryCard robotId={robotId} />
      </div>
    </Prefetch>
  )
}
