import { qunListQuery, readQuns } from '@/lib/dashboard/qun/list'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { QunList } from '@/components/qun/qun-list'
import { qunFilters, qunsQuery } from '@/components/qun/qun-queries'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('qun.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function QunsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, qunFilters)
  const entries = await listEntry(qunsQuery(params), qunListQuery, params, (query) => readQuns(ctx, query))
  return (
    <Prefetch entries={entries}>
      <QunList />
    </Prefetch>
  )
}
