import { readPacing } from '@/app/api/dashboard/views/pacing'
import { Prefetch } from '@/components/queries/prefetch'
import { pacingQuery, shownWaiting } from '@/components/queries/line-queries'
import { PacingPanel } from '@/components/robot/pacing-panel'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.pacing')

export default async function PacingPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const pacing = await foundOr404(readPacing(ctx, { robotId, limit: shownWaiting }))
  return (
    <Prefetch entries={[[pacingQuery(robotId), pacing]]}>
      <PacingPanel robotId={robotId} />
    </Prefetch>
  )
}
