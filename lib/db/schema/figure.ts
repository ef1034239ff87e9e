import { bigserial, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { at } from '@/lib/db/schema/columns'

/** What an hour's sum counts, and by which time of its row: the functions `…_figures` of migration 0042. */
export type FigureSeries =
  /** Messages by the time they were received or accepted. */
  | 'received'
  | 'sent'
  | 'failed'
  | 'accepted'
  /** Outgoing messages by the time they stopped waiting. */
  | 'ended'
  /** Callback events, without tests, by the time they were recorded. */
  | 'event_delivered'
  | 'event_dead'
  /** Attempts at an application's endpoint by their start; its events by the time they died. */
  | 'attempt_delivered'
  | 'attempt_failed'
  | 'endpoint_dead'

const columns = {
  /** Start of the hour in UTC. */
  hour: at('hour').notNull(),
  series: text('series').$type<FigureSeries>().notNull(),
  /** "": not divided by application. */
  applicationId: text('application_id').notNull(),
  /** Step of the delay, from 1 in steps of 5 %, by the function `delay_step`; 0: without a delay. */
  delayStep: smallint('delay_step').notNull(),
}

/** Sums of the figures of an hour, kept longer than the rows that they count. */
export const figureHours = pgTable('figure_hours', { ...columns, count: integer('count').notNull() }, (t) => [
  primaryKey({ columns: [t.series, t.applicationId, t.hour, t.delayStep] }),
  /** Oldest, for retention. */
  index('figure_hours_age').on(t.hour),
])

/** What changed in the figures of an hour after it may have been summed; written by triggers, added to the sum by the clean-up. */
export const figureChanges = pgTable('figure_changes', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  ...columns,
  change: smallint('change').notNull(),
})

/** The hours that are summed; one row. */
export const figureProgress = pgTable('figure_progress', {
  id: integer('id').primaryKey(),
  summedFrom: at('summed_from').notNull(),
  summedUntil: at('summed_until').notNull(),
})
