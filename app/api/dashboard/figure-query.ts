import { z } from 'zod'
import { metricRanges } from '@/lib/metrics/range'

// By name only: Postgres reads the signs of "+08:00" the other way round than browsers do.
const timeZone = z.string().refine((name) => /^[A-Za-z_]+(\/[\w+-]+)*$/.test(name) && isKnown(name), '未知的时区')

/** Over which span of time figures are asked for, and by whose clocks. */
export const figureQuery = z.object({ range: z.enum(metricRanges), timeZone })

function isKnown(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
