import type { WebContext } from '@/lib/http/web-context'
import type { MetricRange } from '@/lib/metrics/range'
import { readMetrics, type MetricPoint } from '@/lib/metrics/read-metrics'

export type MetricPointView = Omit<MetricPoint, 'startsAt'> & { startsAt: string }

/** What went through over a span of time, oldest first. */
export async function readMetricPoints(
  { db }: WebContext,
  options: { range: MetricRange; timeZone: string },
): Promise<MetricPointView[]> {
  const points = await readMetrics(db, options)
  return points.map((point) => ({ ...point, startsAt: point.startsAt.toISOString() }))
}
