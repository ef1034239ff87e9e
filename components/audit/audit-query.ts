import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { AuditView } from '@/app/api/dashboard/views/audit'
import { callDashboard } from '@/components/queries/call-dashboard'

export type AuditFilter = { actor: string; action: string }
const pageSize = 50

/** What was changed, newest first; older pages hang on behind. "" in the filter is all. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => {
      const asked = { ...filter, beforeId: pageParam ? String(pageParam) : '' }
      const given = Object.entries(asked).filter(([, value]) => value)
      return callDashboard<AuditView[]>(`/audit?${new URLSearchParams(given)}`)
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.id),
    placeholderData: keepPreviousData,
  })
