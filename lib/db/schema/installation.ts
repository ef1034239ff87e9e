import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from '@/lib/db/schema/columns'

/** What administrators set for the whole installation: one row, or none while everything has its default. */
export const installationSettings = pgTable('installation_settings', {
  /** Always `installation`. */
  id: text('id').primaryKey(),
  /** Minutes that a conversation waits before an alert. */
  waitingMinutes: integer('waiting_minutes').notNull().default(10),
  /** Used share of a disk from which it is nearly full, in percent. */
  diskPercent: integer('disk_percent').notNull().default(90),
  /** Size that the database may have; null: not limited. An alert is sent at 90 percent of it. */
  databaseLimitGb: integer('database_limit_gb'),
  /** Days that rows are kept; null: as in the environment. */
  responseDays: integer('response_days'),
  eventDays: integer('event_days'),
  mediaDays: integer('media_days'),
  messageDays: integer('message_days'),
  sessionChangeDays: integer('session_change_days'),
  changedAt: at('changed_at').notNull().defaultNow(),
})
