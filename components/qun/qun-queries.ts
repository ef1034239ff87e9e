import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterOf, QueryOf } from '@/lib/dashboard/wire'
import { callDashboard } from '@/components/queries/call-dashboard'

const refreshMs = 5000

export const qunFilters = ['state', 'robot'] as const satisfies FilterOf<'/quns'>[]

/** Queries a page of groups. The key without `params` matches all pages. */
export const qunsQuery = (params: QueryOf<'/quns'> = {}) =>
  queryOptions({
    queryKey: ['quns', 'list', params],
    queryFn: () => callDashboard('/quns', { query: params }),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  })

export const qunQuery = (qunId: string) =>
  queryOptions({
    queryKey: ['quns', qunId],
    queryFn: () => callDashboard('/quns/[qunId]', { ids: { qunId } }),
    refetchInterval: refreshMs / 2,
  })

export const memberFilters = ['state'] as const satisfies FilterOf<'/quns/[qunId]/members'>[]

/** Queries a page of a group's members. */
export const membersQuery = (qunId: string, params: QueryOf<'/quns/[qunId]/members'> = {}) =>
  queryOptions({
    queryKey: ['quns', qunId, 'members', params],
    queryFn: () => callDashboard('/quns/[qunId]/members', { ids: { qunId }, query: params }),
    refetchInterval: refreshMs / 2,
    placeholderData: keepPreviousData,
  })

/** Queries visits and joins per day, in the viewer's time zone. */
export const arrivalsQuery = (qunId: string, timeZone: string) =>
  queryOptions({
    queryKey: ['quns', qunId, 'arrivals', timeZone],
    queryFn: () => callDashboard('/quns/[qunId]/arrivals', { ids: { qunId }, query: { timeZone } }),
    refetchInterval: refreshMs * 3,
  })

/** Queries the assistants that can be chosen for a new group. */
export const assistantsQuery = () =>
  queryOptions({ queryKey: ['assistants'], queryFn: () => callDashboard('/assistants') })

export const assistantQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'assistant'],
    queryFn: () => callDashboard('/robots/[robotId]/assistant', { ids: { robotId } }),
    refetchInterval: refreshMs,
  })
