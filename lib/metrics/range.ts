/** Time ranges of the dashboard's figures. */
export const metricRanges = ['1h', '24h', '7d'] as const
export type MetricRange = (typeof metricRanges)[number]

export const rangeBuckets = {
  '1h': { unit: 'minute', seconds: 60, count: 60 },
  '24h': { unit: 'hour', seconds: 3600, count: 24 },
  '7d': { unit: 'day', seconds: 86_400, count: 7 },
} as const satisfies Record<MetricRange, { unit: string; seconds: number; count: number }>
