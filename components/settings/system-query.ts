import { queryOptions } from '@tanstack/react-query'
import type { SystemView } from '@/app/api/dashboard/views/system'
import { callDashboard } from '@/components/queries/call-dashboard'

export const systemQuery = () =>
  queryOptions({
    queryKey: ['system'],
    queryFn: () => callDashboard<SystemView>('/system'),
    refetchInterval: 10_000,
  })
