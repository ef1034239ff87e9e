import type { WebContext } from '@/lib/http/web-context'
import type { MetricRange } from '@/lib/metrics/range'
import { type MetricPoint, type Metrics, readMetrics } from '@/lib/metrics/read-metrics'

export type MetricPointView = Omit<MetricPoint, 'startsAt'> & { startsAt: string }
export type MetricsView = Pick<Metrics, 'total' | 'before'> & { points: MetricPointView[]; endsAt: string }

/** Returns the figures of a time range, oldest first, their total, and the total of the range before it. */
export async function readMetricsView(
  { db }: WebContext,
  options: { range: MetricRange; timeZone: string },
): Promise<MetricsView> {
  const { points, endsAt, total, before } = await readMetrics(db, options)
  return {
    points: points.map((point) => ({ ...point, startsAt: point.startsAt.toISOString() })),
    endsAt: endsAt.toISOString(),
    total,
    before,
  }
}
