import { z } from 'zod'
import { metricRanges } from '@/lib/metrics/range'

// Names only: Postgres and browsers interpret the sign of "+08:00" in opposite ways.
const timeZone = z.string().refine((name) => /^[A-Za-z_]+(\/[\w+-]+)*$/.test(name) && isKnown(name), '未知的时区')

/** The time range of figures, and the time zone that divides it into hours and days. */
export const figureQuery = z.object({ range: z.enum(metricRanges), timeZone })

function isKnown(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
