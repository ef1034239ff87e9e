import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { AlertChannelType, AlertKind, AlertLanguage, AlertParams, AlertPhase } from '@/lib/db/types'
import { applications } from '@/lib/db/schema/application'
import { at, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'
import { robots } from '@/lib/db/schema/robot'

/** Where alerts are sent to. Spec: D5 (alerts). */
export const alertChannels = pgTable(
  'alert_channels',
  {
    id: text('id').primaryKey(),
    /** Its alerts are those of this application; null: those of the whole installation. */
    applicationId: text('application_id').references(() => applications.id, { onDelete: 'cascade' }),
    type: text('type').$type<AlertChannelType>().notNull(),
    name: text('name').notNull(),
    language: text('language').$type<AlertLanguage>().notNull().default('zh-CN'),
    kinds: text('kinds').array().$type<AlertKind[]>().notNull(),
    isEnabled: boolean('is_enabled').notNull().default(true),
    /** Not secret; `channelSettings[type]` in lib/alert reads it. */
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
    /** Sealed with the row as context: JSON that `channelSecrets[type]` reads. */
    secretsSealed: text('secrets_sealed').notNull(),
    /** Only `robot_owner`: the robot that writes to its owner. */
    robotId: text('robot_id').references(() => robots.id, { onDelete: 'cascade' }),
    /** No message is sent earlier: alerts that come in the meantime share one message. A worker claims the channel by moving it ahead. */
    nextSendAt: at('next_send_at').notNull().defaultNow(),
    lastSentAt: at('last_sent_at'),
    lastFailedAt: at('last_failed_at'),
    /** Why the last message failed; null: it did not. */
    failureReason: reason('failure_reason'),
    failureParams: reasonParams('failure_params'),
    /** A test message is due while this is later than `testedAt`; null: never requested. */
    testRequestedAt: at('test_requested_at'),
    testedAt: at('tested_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('alert_channels_application').on(t.applicationId),
    index('alert_channels_robot')
      .on(t.robotId)
      .where(sql`robot_id is not null`),
  ],
)

/** A cause that people were alerted of, until it is gone. */
export const alerts = pgTable(
  'alerts',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<AlertKind>().notNull(),
    /** Id of a robot, application, worker or conversation; or the name of a machine. */
    targetId: text('target_id').notNull(),
    /** null: it concerns the installation. */
    applicationId: text('application_id').references(() => applications.id, { onDelete: 'cascade' }),
    params: jsonb('params').$type<AlertParams>().notNull(),
    openedAt: at('opened_at').notNull().defaultNow(),
    /** Since when the cause has been gone; it counts as recovered after some time without it. null: it lasts. */
    clearedAt: at('cleared_at'),
    /** null: open. */
    closedAt: at('closed_at'),
  },
  (t) => [
    /** One alert per cause until it is gone. */
    uniqueIndex('alerts_open')
      .on(t.kind, t.targetId)
      .where(sql`closed_at is null`),
    index('alerts_latest').on(t.openedAt),
    index('alerts_application').on(t.applicationId, t.openedAt),
  ],
)

/** A notification: one phase of an alert, for one channel. */
export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id, { onDelete: 'cascade' }),
    channelId: text('channel_id')
      .notNull()
      .references(() => alertChannels.id, { onDelete: 'cascade' }),
    phase: text('phase').$type<AlertPhase>().notNull(),
    /** dropped: the cause was gone before the message was sent. */
    state: text('state').$type<'waiting' | 'sent' | 'failed' | 'dropped'>().notNull().default('waiting'),
    attemptCount: integer('attempt_count').notNull().default(0),
    nextAttemptAt: at('next_attempt_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.alertId, t.channelId, t.phase] }),
    /** Waiting notifications of each channel. */
    index('alert_deliveries_waiting')
      .on(t.channelId, t.nextAttemptAt)
      .where(sql`state = 'waiting'`),
  ],
)
