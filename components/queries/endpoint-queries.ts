import { queryOptions } from '@tanstack/react-query'
import type { EndpointView } from '@/app/api/dashboard/views/endpoints'
import { callDashboard } from './call-dashboard'

/** Endpoints that are paused or failing; asked on every page, so not often. */
export const endpointsQuery = () =>
  queryOptions({
    queryKey: ['callbacks', 'endpoints'],
    queryFn: () => callDashboard<EndpointView[]>('/callbacks/endpoints'),
    refetchInterval: 15_000,
  })
