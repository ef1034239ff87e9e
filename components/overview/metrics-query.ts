import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { MetricRange } from '@/lib/metrics/range'

/** Refetch interval: per-minute data ages faster than per-day data. */
const refreshMs = { '1h': 10_000, '24h': 30_000, '7d': 60_000 }

export const metricsQuery = (options: { range: MetricRange; timeZone: string }) =>
  queryOptions({
    queryKey: ['metrics', options],
    queryFn: () => callDashboard('/metrics', { query: options }),
    refetchInterval: refreshMs[options.range],
    placeholderData: keepPreviousData,
  })
