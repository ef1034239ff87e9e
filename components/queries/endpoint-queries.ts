import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryOf } from '@/lib/dashboard/wire'
import { callDashboard } from '@/components/queries/call-dashboard'

/** Queries the paused and failing endpoints; rarely, because every page does. */
export const endpointsQuery = () =>
  queryOptions({
    queryKey: ['callbacks', 'endpoints'],
    queryFn: () => callDashboard('/callbacks/endpoints'),
    refetchInterval: 15_000,
  })

/** Queries the endpoints of an application with their health; rarely, because counting reads many rows. */
export const applicationEndpointsQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['callbacks', 'health', 'application', applicationId],
    queryFn: () => callDashboard('/applications/[applicationId]/endpoints', { ids: { applicationId } }),
    refetchInterval: 30_000,
  })

/** Queries robots or rooms of an application that can be chosen, and the names of those that are. */
export const choicesQuery = (applicationId: string, query: QueryOf<'/applications/[applicationId]/choices'>) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'choices', query],
    queryFn: () => callDashboard('/applications/[applicationId]/choices', { ids: { applicationId }, query }),
    placeholderData: keepPreviousData,
  })
