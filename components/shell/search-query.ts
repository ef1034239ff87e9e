import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { Hit } from '@/lib/search/find-by-text'

/** Queries the best matches of each kind for a text. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: () => callDashboard('/search', { query: { q: text } }),
    enabled: text !== '',
    placeholderData: text === '' ? undefined : keepPreviousData,
  })

/** Returns the page of a match. */
export function pathOf({ kind, id, name, robotId }: Hit): string {
  if (kind === 'room') return `/dashboard/robots/${robotId}/rooms?${new URLSearchParams({ q: name })}`
  return kind === 'robot' ? `/dashboard/robots/${id}/session` : `/dashboard/${kind}s/${id}`
}
