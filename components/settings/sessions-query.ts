import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ['sessions'],
    queryFn: () => callDashboard('/sessions'),
    refetchInterval: 60_000,
  })
