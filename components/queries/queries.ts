import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ApplicationDetail, ApplicationView } from '@/app/api/dashboard/views/applications'
import type { DoubtView } from '@/app/api/dashboard/views/doubts'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import type { Overview } from '@/app/api/dashboard/views/overview'
import type { RobotDetail, RobotView } from '@/app/api/dashboard/views/robots'
import type { RoomsView } from '@/app/api/dashboard/views/rooms'
import type { ApplicationName } from '@/lib/application/list-application-names'
import { type Paged, pageSize } from '@/lib/paging'
import { callDashboard } from './call-dashboard'
import type { ListParams } from './list-params'

const calmMs = 5000
const liveMs = 1500

export const overviewQuery = () =>
  queryOptions({
    queryKey: ['overview'],
    queryFn: () => callDashboard<Overview>('/overview'),
    refetchInterval: calmMs,
  })

export const applicationFilters = ['state'] as const

/** A page of applications. Its key without `params` stands for all pages. */
export const applicationsQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: ['applications', 'list', params],
    queryFn: () => callDashboard<Paged<ApplicationView>>(`/applications?${new URLSearchParams(params)}`),
    placeholderData: keepPreviousData,
  })

/** What all that reads applications begins with. */
export const applicationsKey = ['applications']

/** The newest 500 applications by name, to choose from. */
export const applicationNamesQuery = () =>
  queryOptions({
    queryKey: ['applications', 'names'],
    queryFn: () => callDashboard<ApplicationName[]>('/applications/names'),
  })

export const applicationQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId],
    queryFn: () => callDashboard<ApplicationDetail>(`/applications/${applicationId}`),
  })

export const robotFilters = ['application', 'state'] as const

/** A page of robots. Its key without `params` stands for all pages. */
export const robotsQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: ['robots', 'list', params],
    queryFn: () => callDashboard<Paged<RobotView>>(`/robots?${new URLSearchParams(params)}`),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })

/** One robot; asked often while somebody holds a phone to its code. */
export const robotQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId],
    queryFn: () => callDashboard<RobotDetail>(`/robots/${robotId}`),
    refetchInterval: ({ state }) => (state.data?.qr ? 1000 : liveMs * 2),
  })

export const roomFilters = ['kind'] as const

/** A page of a robot's rooms. Its key without `params` stands for all pages. */
export const roomsQuery = (robotId: string, params: ListParams = {}) =>
  queryOptions({
    queryKey: ['robots', robotId, 'rooms', params],
    queryFn: () => callDashboard<RoomsView>(`/robots/${robotId}/rooms?${new URLSearchParams(params)}`),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })

export const doubtsQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'doubts'],
    queryFn: () => callDashboard<DoubtView[]>(`/robots/${robotId}/rooms/doubts`),
    refetchInterval: calmMs,
  })

export const streamFilters = ['room', 'direction', 'state', 'since', 'until'] as const

/** A robot's messages, newest first; older pages hang on behind. */
export const messagesQuery = (robotId: string, params: ListParams = {}) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'messages', 'list', params],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams(params)
      if (pageParam) query.set('before', String(pageParam))
      return callDashboard<MessageView[]>(`/robots/${robotId}/messages?${query}`)
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.sequence),
    // Who reads far back is not to have every page asked for again and again, and a text is looked for slowly.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : params['q'] ? calmMs : liveMs),
    placeholderData: keepPreviousData,
  })

export const messageQuery = (robotId: string, messageId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'messages', 'one', messageId],
    queryFn: () => callDashboard<MessageView>(`/robots/${robotId}/messages/${messageId}`),
    refetchInterval: liveMs,
  })

export const messageFilters = ['robot', ...streamFilters] as const

/** A page of the messages of all robots. */
export const messagePageQuery = (params: ListParams = {}) =>
  queryOptions({
    queryKey: ['messages', params],
    queryFn: () => callDashboard<Paged<MessageView>>(`/messages?${new URLSearchParams(params)}`),
    refetchInterval: calmMs,
    placeholderData: keepPreviousData,
  })
