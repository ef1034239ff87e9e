import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

/** The key prefix of all connector queries. */
export const connectorsKey = ['connectors']

export const connectorsQuery = () =>
  queryOptions({
    queryKey: ['connectors', 'list'],
    queryFn: () => callDashboard('/connectors'),
    refetchInterval: 30_000,
  })

export const connectorQuery = (connectorId: string) =>
  queryOptions({
    queryKey: ['connectors', connectorId],
    queryFn: () => callDashboard('/connectors/[connectorId]', { ids: { connectorId } }),
  })

export const groupPoolQuery = (connectorId: string) =>
  queryOptions({
    queryKey: ['connectors', connectorId, 'pool'],
    queryFn: () => callDashboard('/connectors/[connectorId]/pool', { ids: { connectorId } }),
    refetchInterval: 30_000,
  })
