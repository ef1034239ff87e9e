import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterOf, QueryOf } from '@/lib/dashboard/wire'
import { callDashboard } from '@/components/queries/call-dashboard'
import { isStreamUp } from '@/components/inbox/live-stream'

/** The key prefix of all conversation queries. */
export const inboxKey = ['inbox']

/** Polls only while the stream of changes is down. */
const whileDown = (intervalMs: number) => () => (isStreamUp() ? false : intervalMs)

export const inboxFilters = ['view', 'robot', 'application'] as const satisfies FilterOf<'/conversations'>[]

type ListQuery = Omit<QueryOf<'/conversations'>, 'cursor'>

/** Queries the conversations of a view; further pages follow. */
export const conversationsQuery = (params: ListQuery = {}) =>
  infiniteQueryOptions({
    queryKey: [...inboxKey, 'list', params],
    queryFn: ({ pageParam }) =>
      callDashboard('/conversations', { query: { ...params, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: whileDown(4000),
    placeholderData: keepPreviousData,
  })

export const conversationQuery = (conversationId: string) =>
  queryOptions({
    queryKey: [...inboxKey, 'one', conversationId, 'detail'],
    queryFn: () => callDashboard('/conversations/[conversationId]', { ids: { conversationId } }),
    refetchInterval: whileDown(4000),
  })

/** Queries the messages of a conversation, newest first; older pages follow. */
export const conversationMessagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: [...inboxKey, 'one', conversationId, 'messages'],
    queryFn: ({ pageParam }) =>
      callDashboard('/conversations/[conversationId]/messages', {
        ids: { conversationId },
        query: pageParam ? { before: String(pageParam) } : {},
      }),
    initialPageParam: 0,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    refetchInterval: whileDown(2000),
  })

/** Queries how many conversations wait for a person. */
export const waitingQuery = () =>
  queryOptions({
    queryKey: [...inboxKey, 'waiting'],
    queryFn: () => callDashboard('/conversations/waiting'),
    refetchInterval: whileDown(10_000),
  })
