import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CallbackDetail, ListedCallback } from '@/app/api/dashboard/views/callbacks'
import type { EndpointDetail, EndpointHealth } from '@/app/api/dashboard/views/endpoint-health'
import type { ReplayedCounts } from '@/lib/callback/count-replayed'
import type { MetricRange } from '@/lib/metrics/range'
import type { Paged } from '@/lib/paging'
import { callDashboard } from './call-dashboard'
import type { ListParams } from './list-params'

const liveMs = 1500
const calmMs = 5000
const slowMs = 30_000

/** What all that reads callbacks begins with. */
export const callbacksKey = ['callbacks']

export const callbackFilters = ['application', 'robot', 'state', 'type', 'since', 'until', 'replay'] as const

/** A page of callbacks. A text is looked for in all of them, so not again and again. */
export const callbacksQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: [...callbacksKey, 'list', params],
    queryFn: () => callDashboard<Paged<ListedCallback>>(`/callbacks?${new URLSearchParams(params)}`),
    refetchInterval: 'q' in params ? false : calmMs,
    placeholderData: keepPreviousData,
  })

/** One callback with its tries; asked often until it has ended. */
export const callbackQuery = (eventId: string) =>
  queryOptions({
    queryKey: [...callbacksKey, 'one', eventId],
    queryFn: () => callDashboard<CallbackDetail>(`/callbacks/${eventId}`),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? liveMs : calmMs),
  })

/** How many callbacks a replay would take. */
export const replayableQuery = (selection: { applicationId: string; since: string }) =>
  queryOptions({
    queryKey: [...callbacksKey, 'replayable', selection],
    queryFn: () => callDashboard<{ count: number }>(`/callbacks/replay?${new URLSearchParams(selection)}`),
    placeholderData: keepPreviousData,
  })

/** How far a replay has come, until nothing of it waits. */
export const replayedQuery = (replayId: string) =>
  queryOptions({
    queryKey: [...callbacksKey, 'replayed', replayId],
    queryFn: () => callDashboard<ReplayedCounts>(`/callbacks/replay/${replayId}`),
    refetchInterval: ({ state }) => (state.data?.pending === 0 ? false : liveMs),
  })

export const endpointFilters = ['state'] as const

/** A page of endpoints with how their tries went; counted from many rows, so not often. */
export const endpointHealthQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: [...callbacksKey, 'health', params],
    queryFn: () => callDashboard<Paged<EndpointHealth>>(`/callbacks/health?${new URLSearchParams(params)}`),
    refetchInterval: slowMs,
    placeholderData: keepPreviousData,
  })

/** One endpoint, and how its tries went over a span of time. */
export const endpointQuery = (applicationId: string, options: { range: MetricRange; timeZone: string }) =>
  queryOptions({
    queryKey: [...callbacksKey, 'health', 'one', applicationId, options],
    queryFn: () => callDashboard<EndpointDetail>(`/callbacks/health/${applicationId}?${new URLSearchParams(options)}`),
    refetchInterval: options.range === '1h' ? calmMs : slowMs,
    placeholderData: keepPreviousData,
  })
