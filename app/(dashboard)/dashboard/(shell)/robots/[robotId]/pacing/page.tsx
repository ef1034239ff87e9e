import { readPacing } from '@/lib/dashboard/robot/pacing'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { pacingQuery, maxShownMessages } from '@/components/queries/pacing-queries'
import { PacingPanel } from '@/components/robot/pacing-panel'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.pacing')

export default async function PacingPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const pacing = await foundOr404(readPacing(ctx, { robotId, limit: maxShownMessages }))
  return (
    <Prefetch entries={[prefetched(pacingQuery(robotId), pacing)]}>
      <PacingPanel robotId={robotId} />
    </Prefetch>
  )
}
