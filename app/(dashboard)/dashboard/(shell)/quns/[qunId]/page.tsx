import { memberListQuery, readMembers } from '@/lib/dashboard/qun/members'
import { readQun } from '@/lib/dashboard/qun/detail'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { QunPanel } from '@/components/qun/qun-panel'
import { memberFilters, membersQuery, qunQuery } from '@/components/qun/qun-queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('qun.title')

type Props = {
  params: Promise<{ qunId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function QunPage({ params, searchParams }: Props) {
  const { ctx, operator } = await requireOperator()
  const { qunId } = await params
  const listParams = pickListParams(await searchParams, memberFilters)
  const [qun, members] = await foundOr404(
    Promise.all([
      readQun(ctx, qunId, operator.role),
      listEntry(membersQuery(qunId, listParams), memberListQuery, listParams, (query) =>
        readMembers(ctx, qunId, query),
      ),
    ]),
  )
  return (
    <Prefetch entries={[prefetched(qunQuery(qunId), qun), ...members]}>
      <QunPanel qunId={qunId} />
    </Prefetch>
  )
}
