import { z } from 'zod'
import { metricRanges } from '@/lib/metrics/range'
import { dashboardRoute } from '../dashboard-route'
import { readMetricPoints } from '../views/metrics'

// By name only: Postgres reads the signs of "+08:00" the other way round than browsers do.
const timeZone = z.string().refine((name) => /^[A-Za-z_]+(\/[\w+-]+)*$/.test(name) && isKnown(name), '未知的时区')
const filter = z.object({ range: z.enum(metricRanges), timeZone })

export const GET = dashboardRoute({ query: filter }, ({ ctx, query }) => readMetricPoints(ctx, query))

function isKnown(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
