import { customType, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import type { ErrorReason } from '@/lib/error-reasons'
import type { SentenceParams } from '@/lib/sentence'

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Timestamp with time zone, as a Date. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const createdAt = () => at('created_at').notNull().defaultNow()

/** Reason of a failure, which the dashboard renders in the viewer's language. null: no failure, or a row of a version without reasons. */
export const reason = (name: string) => text(name).$type<ErrorReason>()

/** Values for the placeholders of the reason's sentence; null: none. */
export const reasonParams = (name: string) => jsonb(name).$type<SentenceParams>()
