import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MetricsView } from '@/app/api/dashboard/views/metrics'
import { callDashboard } from '@/components/queries/call-dashboard'
import type { MetricRange } from '@/lib/metrics/range'

/** Minutes grow old faster than days. */
const refreshMs = { '1h': 10_000, '24h': 30_000, '7d': 60_000 }

export const metricsQuery = (options: { range: MetricRange; timeZone: string }) =>
  queryOptions({
    queryKey: ['metrics', options],
    queryFn: () => callDashboard<MetricsView>(`/metrics?${new URLSearchParams(options)}`),
    refetchInterval: refreshMs[options.range],
    placeholderData: keepPreviousData,
  })
