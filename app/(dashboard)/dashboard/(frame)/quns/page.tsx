import { qunListQuery, readQuns } from '@/app/api/dashboard/views/quns'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { QunList } from '@/components/qun/qun-list'
import { qunFilters, qunsQuery } from '@/components/qun/qun-queries'
import { listEntry } from '../list-entry'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('qun.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function QunsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, qunFilters)
  const entries = await listEntry(qunsQuery(params), qunListQuery, params, (asked) => readQuns(ctx, asked))
  return (
    <Prefetch entries={entries}>
      <QunList />
    </Prefetch>
  )
}
