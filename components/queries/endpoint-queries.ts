import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

/** Queries the paused and failing endpoints; rarely, because every page does. */
export const endpointsQuery = () =>
  queryOptions({
    queryKey: ['callbacks', 'endpoints'],
    queryFn: () => callDashboard('/callbacks/endpoints'),
    refetchInterval: 15_000,
  })
