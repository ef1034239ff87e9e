import { z } from 'zod'
import { metricRanges } from '@/lib/metrics/range'
import { timeZone } from '@/lib/metrics/time-zone'

/** The time range of figures, and the time zone that divides it into hours and days. */
export const figureQuery = z.object({ range: z.enum(metricRanges), timeZone })
