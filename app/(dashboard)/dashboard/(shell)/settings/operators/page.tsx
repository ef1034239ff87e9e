import { readOperators } from '@/lib/dashboard/operator/list'
import { OperatorList } from '@/components/operator/operator-list'
import { operatorsQuery } from '@/components/operator/operators-query'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('operators.title')

export default async function OperatorsPage() {
  const { ctx, operator } = await requireOperator()
  return (
    <Prefetch entries={[prefetched(operatorsQuery(), await readOperators(ctx))]}>
      <OperatorList ownId={operator.id} />
    </Prefetch>
  )
}
