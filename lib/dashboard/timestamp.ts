import { z } from 'zod'
import { parseTimestamp } from '@/lib/parse-timestamp'

/** Formats epoch milliseconds as ISO 8601. */
export function toTimestamp(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** Parses an ISO 8601 timestamp. */
export const timestampSchema = z.iso.datetime({ offset: true, error: '请填写有效的时间' }).transform(parseTimestamp)
