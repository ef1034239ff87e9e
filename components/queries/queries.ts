import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ApplicationDetail, ApplicationView } from '@/app/api/dashboard/views/applications'
import type { AttemptView, CallbackView } from '@/app/api/dashboard/views/callbacks'
import type { DoubtView } from '@/app/api/dashboard/views/doubts'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import type { Overview } from '@/app/api/dashboard/views/overview'
import type { RobotDetail, RobotView } from '@/app/api/dashboard/views/robots'
import type { RoomsView } from '@/app/api/dashboard/views/rooms'
import type { ApplicationName } from '@/lib/application/list-application-names'
import type { Paged } from '@/lib/paging'
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

/** A robot's messages, newest first; older pages hang on behind. */
export const messagesQuery = (robotId: string, roomId: string | null) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'messages', { roomId }],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams()
      if (roomId) query.set('roomId', roomId)
      if (pageParam) query.set('before', String(pageParam))
      return callDashboard<MessageView[]>(`/robots/${robotId}/messages?${query}`)
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < 50 ? undefined : page.at(-1)?.sequence),
    // Who reads far back is not to have every page asked for again and again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : liveMs),
    placeholderData: keepPreviousData,
  })

/** Callbacks, newest first; older pages hang on behind. */
export const callbacksQuery = (filter: { applicationId: string | null; state: string | null }) =>
  infiniteQueryOptions({
    queryKey: ['callbacks', filter],
    queryFn: ({ pageParam }) => {
      const asked = { ...filter, before: pageParam ? String(pageParam) : null }
      const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]))
      return callDashboard<CallbackView[]>(`/callbacks?${new URLSearchParams(given)}`)
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < 50 ? undefined : page.at(-1)?.sequence),
    // Who reads far back is not to have every page asked for again and again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : calmMs),
    placeholderData: keepPreviousData,
  })

export const attemptsQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['callbacks', 'attempts', eventId],
    queryFn: () => callDashboard<AttemptView[]>(`/callbacks/${eventId}/attempts`),
    refetchInterval: calmMs,
  })
