import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

const historyPageSize = 20

/** Queries the state changes of a robot's sessions, newest first; older pages follow. */
export const historyQuery = (robotId: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'history'],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { before: String(pageParam) } : {}
      return callDashboard('/robots/[robotId]/history', { ids: { robotId }, query })
    },
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < historyPageSize ? undefined : page.at(-1)?.id),
    // Stop polling once several pages are loaded.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 3 ? false : 3000),
  })

export const maxShownMessages = 50

/** Queries a robot's pace and its first `limit` waiting messages. */
export const pacingQuery = (robotId: string, limit = maxShownMessages) =>
  queryOptions({
    queryKey: ['robots', robotId, 'pacing', limit],
    queryFn: () => callDashboard('/robots/[robotId]/pacing', { ids: { robotId }, query: { limit: String(limit) } }),
    refetchInterval: 2000,
    placeholderData: keepPreviousData,
  })
