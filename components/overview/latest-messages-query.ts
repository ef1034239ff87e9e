import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { LatestMessageView } from '@/app/api/dashboard/views/overview'
import { callDashboard } from '@/components/queries/call-dashboard'
import { type LatestChoice, latestChoiceNames } from '@/lib/message/latest-choices'

/** Finds the choice of messages that an address names. */
export function latestChoiceOf(asked: unknown): LatestChoice {
  return latestChoiceNames.find((name) => name === asked) ?? 'all'
}

export const latestMessagesQuery = (show: LatestChoice) =>
  queryOptions({
    queryKey: ['overview', 'messages', show],
    queryFn: () => callDashboard<LatestMessageView[]>(`/overview/messages?${new URLSearchParams({ show })}`),
    refetchInterval: 5000,
    placeholderData: keepPreviousData,
  })
