import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

export const systemQuery = () =>
  queryOptions({
    queryKey: ['system'],
    queryFn: () => callDashboard('/system'),
    refetchInterval: 10_000,
  })
