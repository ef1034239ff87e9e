import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

const refreshMs = 5000
/** Polling stops once several pages are loaded. */
const maxPolledPages = 3

type Polled = { state: { data?: { pages: unknown[] } | undefined } }
const pollFirstPages = ({ state }: Polled) => ((state.data?.pages.length ?? 1) > maxPolledPages ? false : refreshMs)

/** The query of a page of matches; "" stands for no search, and for the first page. */
const searchPage = (q: string | undefined, cursor: string) => ({ ...(q && { q }), ...(cursor && { cursor }) })

/** Queries a robot's address book in pages; older pages follow. The key without `q` matches every search. */
export const addressBookQuery = (robotId: string, q?: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'address-book', ...(q === undefined ? [] : [q])],
    queryFn: ({ pageParam }) =>
      callDashboard('/robots/[robotId]/address-book', {
        ids: { robotId },
        query: searchPage(q, pageParam),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollFirstPages,
    placeholderData: keepPreviousData,
  })

/** Queries the people that a robot can write to, latest first, with their reply windows; older pages follow. */
export const recentContactsQuery = (robotId: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'contacts', 'pages', q],
    queryFn: ({ pageParam }) =>
      callDashboard('/robots/[robotId]/contacts', {
        ids: { robotId },
        query: searchPage(q, pageParam),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollFirstPages,
    placeholderData: keepPreviousData,
  })

/** Queries the pending friend requests of a robot, newest first. */
export const friendRequestsQuery = (robotId: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'friend-requests'],
    queryFn: ({ pageParam }) =>
      callDashboard('/robots/[robotId]/friend-requests', {
        ids: { robotId },
        query: { state: 'pending', ...(pageParam > 0 && { cursor: String(pageParam) }) },
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollFirstPages,
  })

/** Queries the stored members of a room. The key without `q` matches every search. */
export const roomMembersQuery = ({ robotId, roomId }: { robotId: string; roomId: string }, q?: string) =>
  infiniteQueryOptions({
    queryKey: ['robots', robotId, 'rooms', roomId, 'members', ...(q === undefined ? [] : [q])],
    queryFn: ({ pageParam }) =>
      callDashboard('/robots/[robotId]/rooms/[roomId]/members', {
        ids: { robotId, roomId },
        query: searchPage(q, pageParam),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
