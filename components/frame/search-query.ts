import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { Hit } from '@/lib/search/find-by-text'

/** The few things of each kind that a text finds. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: () => callDashboard<Hit[]>(`/search?${new URLSearchParams({ q: text })}`),
    enabled: text !== '',
    placeholderData: text === '' ? undefined : keepPreviousData,
  })

/** The page of what was found. */
export function pathOf({ kind, id, name, robotId }: Hit): string {
  if (kind === 'room') return `/dashboard/robots/${robotId}/rooms?${new URLSearchParams({ q: name })}`
  return kind === 'robot' ? `/dashboard/robots/${id}/session` : `/dashboard/${kind}s/${id}`
}
