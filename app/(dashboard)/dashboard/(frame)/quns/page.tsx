import { readQuns } from '@/app/api/dashboard/views/quns'
import { Prefetch } from '@/components/queries/prefetch'
import { QunList } from '@/components/qun/qun-list'
import { qunsQuery } from '@/components/qun/qun-queries'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('qun.title')

export default async function QunsPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[qunsQuery(), await readQuns(ctx)]]}>
      <QunList />
    </Prefetch>
  )
}
