import { memberListQuery, readMembers } from '@/app/api/dashboard/views/members'
import { readQun } from '@/app/api/dashboard/views/quns'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { QunPanel } from '@/components/qun/qun-panel'
import { memberFilters, membersQuery, qunQuery } from '@/components/qun/qun-queries'
import { foundOr404 } from '../../found-or-404'
import { listEntry } from '../../list-entry'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('qun.title')

type Props = {
  params: Promise<{ qunId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function QunPage({ params, searchParams }: Props) {
  const { ctx, operator } = await requireOperator()
  const { qunId } = await params
  const asked = pickListParams(await searchParams, memberFilters)
  const [qun, members] = await foundOr404(
    Promise.all([
      readQun(ctx, qunId, operator.role),
      listEntry(membersQuery(qunId, asked), memberListQuery, asked, (query) => readMembers(ctx, qunId, query)),
    ]),
  )
  return (
    <Prefetch entries={[[qunQuery(qunId), qun], ...members]}>
      <QunPanel qunId={qunId} />
    </Prefetch>
  )
}
