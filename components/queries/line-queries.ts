import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ChangeView } from '@/app/api/dashboard/views/history'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { callDashboard } from './call-dashboard'

const historyPageSize = 20

/** What a robot's sessions went through, newest first; older pages hang on behind. */
export const historyQuery = (robotId: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'history'],
    queryFn: ({ pageParam }) =>
      callDashboard<ChangeView[]>(`/robots/${robotId}/history${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < historyPageSize ? undefined : page.at(-1)?.id),
    // Who reads far back is not to have every page asked for again and again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : 3000),
  })

export const shownWaiting = 50

/** A robot's pace, and the first `limit` messages that wait for it. */
export const pacingQuery = (robotId: string, limit = shownWaiting) =>
  queryOptions({
    queryKey: ['robots', robotId, 'pacing', limit],
    queryFn: () => callDashboard<PacingView>(`/robots/${robotId}/pacing?limit=${limit}`),
    refetchInterval: 2000,
    placeholderData: keepPreviousData,
  })
