import { z } from 'zod'
import { parseTimestamp } from '@/lib/parse-timestamp'

/** Formats epoch milliseconds as ISO 8601. */
export function toTimestamp(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** Parses an ISO 8601 timestamp. */
export const timestampSchema = z.iso.datetime({ offset: true }).transform(parseTimestamp)

/** Parses the expiry of a new token; one in the past would issue a token that never works. */
export const expirySchema = timestampSchema.refine((expiresAt) => expiresAt.getTime() > Date.now(), 'expiryPast')
