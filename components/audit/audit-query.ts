import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterOf, QueryOf } from '@/lib/dashboard/wire'
import { callDashboard } from '@/components/queries/call-dashboard'

export const auditFilters = ['actor', 'action', 'since', 'until'] as const satisfies FilterOf<'/audit'>[]

/** Queries a page of audit entries, newest first. */
export const auditQuery = (params: QueryOf<'/audit'> = {}) =>
  queryOptions({
    queryKey: ['audit', params],
    queryFn: () => callDashboard('/audit', { query: params }),
    placeholderData: keepPreviousData,
  })
