import { readHistory } from '@/lib/dashboard/robot/history'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { historyQuery } from '@/components/queries/pacing-queries'
import { HistoryCard } from '@/components/robot/history-card'
import { SessionPanel } from '@/components/robot/session-panel'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.session')

export default async function SessionPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const history = await foundOr404(readHistory(ctx, { robotId }))
  return (
    <Prefetch entries={[prefetched(historyQuery(robotId), { pages: [history], pageParams: [0] })]}>
      <div className="flex flex-col gap-6">
        <SessionPanel robotId={robotId} />
        <HistoryCard robotId={robotId} />
      </div>
    </Prefetch>
  )
}
