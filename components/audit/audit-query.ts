import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AuditView } from '@/app/api/dashboard/views/audit'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { ListParams } from '@/components/queries/list-params'
import type { Paged } from '@/lib/paging'

export const auditFilters = ['actor', 'action', 'since', 'until'] as const

/** A page of what was changed, newest first. */
export const auditQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: ['audit', params],
    queryFn: () => callDashboard<Paged<AuditView>>(`/audit?${new URLSearchParams(params)}`),
    placeholderData: keepPreviousData,
  })
