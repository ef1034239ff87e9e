import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterOf, QueryOf } from '@/lib/dashboard/wire'
import type { MetricRange } from '@/lib/metrics/range'
import { callDashboard } from '@/components/queries/call-dashboard'

const liveMs = 1500
const calmMs = 5000
const slowMs = 30_000

/** The key prefix of all callback queries. */
export const callbacksKey = ['callbacks']

export const callbackFilters = [
  'application',
  'endpoint',
  'robot',
  'state',
  'type',
  'since',
  'until',
  'replay',
] as const satisfies FilterOf<'/callbacks'>[]

/** Queries a page of callbacks. A text search reads many rows, so it is not repeated. */
export const callbacksQuery = (params: QueryOf<'/callbacks'> = {}) =>
  queryOptions({
    queryKey: [...callbacksKey, 'list', params],
    queryFn: () => callDashboard('/callbacks', { query: params }),
    refetchInterval: 'q' in params ? false : calmMs,
    placeholderData: keepPreviousData,
  })

/** Queries one callback with its attempts, more often until it has a final state. */
export const callbackQuery = (eventId: string) =>
  queryOptions({
    queryKey: [...callbacksKey, 'one', eventId],
    queryFn: () => callDashboard('/callbacks/[eventId]', { ids: { eventId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? liveMs : calmMs),
  })

/** Queries how many callbacks a replay would include. */
export const replayableQuery = (selection: { applicationId: string; since: string; endpointId?: string }) =>
  queryOptions({
    queryKey: [...callbacksKey, 'replayable', selection],
    queryFn: () => callDashboard('/callbacks/replay', { query: selection }),
    placeholderData: keepPreviousData,
  })

/** Queries the progress of a replay until none of its callbacks is pending. */
export const replayedQuery = (replayId: string) =>
  queryOptions({
    queryKey: [...callbacksKey, 'replayed', replayId],
    queryFn: () => callDashboard('/callbacks/replay/[replayId]', { ids: { replayId } }),
    refetchInterval: ({ state }) => (state.data?.pending === 0 ? false : liveMs),
  })

export const endpointFilters = ['state'] as const satisfies FilterOf<'/callbacks/health'>[]

/** Queries a page of endpoints with their attempts; rarely, because counting reads many rows. */
export const endpointHealthQuery = (params: QueryOf<'/callbacks/health'> = {}) =>
  queryOptions({
    queryKey: [...callbacksKey, 'health', params],
    queryFn: () => callDashboard('/callbacks/health', { query: params }),
    refetchInterval: slowMs,
    placeholderData: keepPreviousData,
  })

/** Queries one endpoint with its attempts over a time range. */
export const endpointQuery = (endpointId: string, options: { range: MetricRange; timeZone: string }) =>
  queryOptions({
    queryKey: [...callbacksKey, 'health', 'one', endpointId, options],
    queryFn: () => callDashboard('/callbacks/health/[endpointId]', { ids: { endpointId }, query: options }),
    refetchInterval: options.range === '1h' ? calmMs : slowMs,
    placeholderData: keepPreviousData,
  })
