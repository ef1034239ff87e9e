import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

/** The key prefix of all queries about alerts. */
export const alertsKey = ['alerts']

export const alertsQuery = () =>
  queryOptions({
    queryKey: ['alerts', 'list'],
    queryFn: () => callDashboard('/alerts'),
    refetchInterval: 30_000,
  })

export const channelQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['alerts', channelId],
    queryFn: () => callDashboard('/alerts/channels/[channelId]', { ids: { channelId } }),
  })
