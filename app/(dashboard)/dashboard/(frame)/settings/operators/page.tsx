import { readOperators } from '@/app/api/dashboard/views/operators'
import { OperatorList } from '@/components/operator/operator-list'
import { operatorsQuery } from '@/components/operator/operators-query'
import { Prefetch } from '@/components/queries/prefetch'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('operators.title')

export default async function OperatorsPage() {
  const { ctx, operator } = await requireOperator()
  return (
    <Prefetch entries={[[operatorsQuery(), await readOperators(ctx)]]}>
      <OperatorList ownId={operator.id} />
    </Prefetch>
  )
}
