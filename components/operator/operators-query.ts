import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

/** Refetched regularly: locks start and end without an action here. */
export const operatorsQuery = () =>
  queryOptions({
    queryKey: ['operators'],
    queryFn: () => callDashboard('/operators'),
    refetchInterval: 30_000,
  })
