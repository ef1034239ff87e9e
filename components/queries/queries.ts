import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterOf, QueryOf } from '@/lib/dashboard/wire'
import { pageSize } from '@/lib/paging'
import { callDashboard } from '@/components/queries/call-dashboard'

const calmMs = 5000
const liveMs = 1500

export const overviewQuery = () =>
  queryOptions({
    queryKey: ['overview'],
    queryFn: () => callDashboard('/overview'),
    refetchInterval: calmMs,
  })

export const applicationFilters = ['state'] as const satisfies FilterOf<'/applications'>[]

/** Queries a page of applications. The key without `params` matches all pages. */
export const applicationsQuery = (params: QueryOf<'/applications'> = {}) =>
  queryOptions({
    queryKey: ['applications', 'list', params],
    queryFn: () => callDashboard('/applications', { query: params }),
    placeholderData: keepPreviousData,
  })

/** The key prefix of all application queries. */
export const applicationsKey = ['applications']

/** Queries the names of the newest 500 applications, for a select. */
export const applicationNamesQuery = () =>
  queryOptions({
    queryKey: ['applications', 'names'],
    queryFn: () => callDashboard('/applications/names'),
  })

export const applicationQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId],
    queryFn: () => callDashboard('/applications/[applicationId]', { ids: { applicationId } }),
  })

export const robotFilters = ['application', 'state'] as const satisfies FilterOf<'/robots'>[]

/** Queries a page of robots. The key without `params` matches all pages. */
export const robotsQuery = (params: QueryOf<'/robots'> = {}) =>
  queryOptions({
    queryKey: ['robots', 'list', params],
    queryFn: () => callDashboard('/robots', { query: params }),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })

/** Queries one robot, more often while its QR code is shown. */
export const robotQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId],
    queryFn: () => callDashboard('/robots/[robotId]', { ids: { robotId } }),
    refetchInterval: ({ state }) => (state.data?.qr ? 1000 : liveMs * 2),
  })

/** Queries the connections for a new robot of an application. */
export const connectionsQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'connections'],
    queryFn: () => callDashboard('/applications/[applicationId]/connections', { ids: { applicationId } }),
    // The choice stays in place while another application is selected.
    placeholderData: keepPreviousData,
  })

/** Queries the first page of the people that a robot can write to, with their reply windows. */
export const contactsQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'contacts'],
    queryFn: () => callDashboard('/robots/[robotId]/contacts', { ids: { robotId }, query: {} }),
    refetchInterval: liveMs * 2,
  })

export const roomFilters = ['kind'] as const satisfies FilterOf<'/robots/[robotId]/rooms'>[]

/** Queries a page of a robot's rooms. The key without `params` matches all pages. */
export const roomsQuery = (robotId: string, params: QueryOf<'/robots/[robotId]/rooms'> = {}) =>
  queryOptions({
    queryKey: ['robots', robotId, 'rooms', params],
    queryFn: () => callDashboard('/robots/[robotId]/rooms', { ids: { robotId }, query: params }),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })

export const ambiguitiesQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'ambiguities'],
    queryFn: () => callDashboard('/robots/[robotId]/rooms/ambiguities', { ids: { robotId } }),
    refetchInterval: calmMs,
  })

export const streamFilters = [
  'room',
  'direction',
  'state',
  'since',
  'until',
] as const satisfies FilterOf<'/robots/[robotId]/messages'>[]

/** Queries a robot's messages, newest first; older pages follow. */
export const messagesQuery = (robotId: string, params: QueryOf<'/robots/[robotId]/messages'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'messages', 'list', params],
    queryFn: ({ pageParam }) => {
      const query = { ...params, ...(pageParam && { before: String(pageParam) }) }
      return callDashboard('/robots/[robotId]/messages', { ids: { robotId }, query })
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.sequence),
    // Stop polling once several pages are loaded; a text search is slow.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : params['q'] ? calmMs : liveMs),
    placeholderData: keepPreviousData,
  })

export const messageQuery = (robotId: string, messageId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'messages', 'one', messageId],
    queryFn: () => callDashboard('/robots/[robotId]/messages/[messageId]', { ids: { robotId, messageId } }),
    refetchInterval: liveMs,
  })

export const messageFilters = ['robot', ...streamFilters] as const satisfies FilterOf<'/messages'>[]

/** Queries a page of the messages of all robots. */
export const messagePageQuery = (params: QueryOf<'/messages'> = {}) =>
  queryOptions({
    queryKey: ['messages', params],
    queryFn: () => callDashboard('/messages', { query: params }),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })
