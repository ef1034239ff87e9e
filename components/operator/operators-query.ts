import { queryOptions } from '@tanstack/react-query'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { callDashboard } from '@/components/queries/call-dashboard'

/** Asked again now and then: a lock comes and goes by itself. */
export const operatorsQuery = () =>
  queryOptions({
    queryKey: ['operators'],
    queryFn: () => callDashboard<OperatorView[]>('/operators'),
    refetchInterval: 30_000,
  })
