import { readQun } from '@/app/api/dashboard/views/quns'
import { Prefetch } from '@/components/queries/prefetch'
import { QunPanel } from '@/components/qun/qun-panel'
import { qunQuery } from '@/components/qun/qun-queries'
import { foundOr404 } from '../../found-or-404'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('qun.title')

export default async function QunPage({ params }: { params: Promise<{ qunId: string }> }) {
  const { ctx, operator } = await requireOperator()
  const { qunId } = await params
  const qun = await foundOr404(readQun(ctx, qunId, operator.role))
  return (
    <Prefetch entries={[[qunQuery(qunId), qun]]}>
      <QunPanel qunId={qunId} />
    </Prefetch>
  )
}
