import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AssistantView } from '@/app/api/dashboard/views/assistant'
import type { MemberView } from '@/app/api/dashboard/views/members'
import type { QunDetail, QunRow } from '@/app/api/dashboard/views/quns'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { ListParams } from '@/components/queries/list-params'
import type { Arrivals } from '@/lib/membership/count-arrivals'
import type { Paged } from '@/lib/paging'

const calmMs = 5000

export const qunFilters = ['state', 'robot'] as const

/** A page of quns. Its key without `params` stands for all pages. */
export const qunsQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: ['quns', 'list', params],
    queryFn: () => callDashboard<Paged<QunRow>>(`/quns?${new URLSearchParams(params)}`),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })

export const qunQuery = (qunId: string) =>
  queryOptions({
    queryKey: ['quns', qunId],
    queryFn: () => callDashboard<QunDetail>(`/quns/${qunId}`),
    refetchInterval: calmMs / 2,
  })

export const memberFilters = ['state'] as const

/** A page of a qun's people. */
export const membersQuery = (qunId: string, params: ListParams = {}) =>
  queryOptions({
    queryKey: ['quns', qunId, 'members', params],
    queryFn: () => callDashboard<Paged<MemberView>>(`/quns/${qunId}/members?${new URLSearchParams(params)}`),
    refetchInterval: calmMs / 2,
    placeholderData: keepPreviousData,
  })

/** Who opened a qun's page and who joined, by day of the viewer's zone. */
export const arrivalsQuery = (qunId: string, timeZone: string) =>
  queryOptions({
    queryKey: ['quns', qunId, 'arrivals', timeZone],
    queryFn: () => callDashboard<Arrivals[]>(`/quns/${qunId}/arrivals?${new URLSearchParams({ timeZone })}`),
    refetchInterval: calmMs * 3,
  })

export const assistantQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'assistant'],
    queryFn: () => callDashboard<AssistantView>(`/robots/${robotId}/assistant`),
    refetchInterval: calmMs,
  })
