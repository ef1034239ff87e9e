import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryOf } from '@/lib/dashboard/wire'
import { callDashboard } from '@/components/queries/call-dashboard'

/** The key prefix of an application's automatic replies. */
export const repliesKey = ['replies']
export const articlesKey = ['articles']
export const replyLogKey = ['reply-log']
export const quickRepliesKey = ['quick-replies']

/** Queries the settings and rules of an application's automatic replies, and the use of its model. */
export const repliesQuery = (applicationId: string) =>
  queryOptions({
    queryKey: [...repliesKey, applicationId],
    queryFn: () => callDashboard('/applications/[applicationId]/replies', { ids: { applicationId } }),
  })

/** Queries a page of an application's articles. */
export const articlesQuery = (applicationId: string, params: QueryOf<'/applications/[applicationId]/articles'> = {}) =>
  queryOptions({
    queryKey: [...articlesKey, applicationId, params],
    queryFn: () => callDashboard('/applications/[applicationId]/articles', { ids: { applicationId }, query: params }),
    placeholderData: keepPreviousData,
  })

type LogFilters = Omit<QueryOf<'/applications/[applicationId]/replies/log'>, 'before'>

/** Queries what an application's automatic replies decided, latest first; older pages follow. */
export const replyLogQuery = (applicationId: string, filters: LogFilters = {}) =>
  infiniteQueryOptions({
    queryKey: [...replyLogKey, applicationId, filters],
    queryFn: ({ pageParam }) =>
      callDashboard('/applications/[applicationId]/replies/log', {
        ids: { applicationId },
        query: { ...filters, ...(pageParam > 0 && { before: String(pageParam) }) },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Queries the quick replies of an application. */
export const quickRepliesQuery = (applicationId: string) =>
  queryOptions({
    queryKey: [...quickRepliesKey, applicationId],
    queryFn: () => callDashboard('/applications/[applicationId]/quick-replies', { ids: { applicationId } }),
  })
