import { sql } from 'drizzle-orm'
import { bigserial, boolean, index, integer, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import type { CallbackEventType, EndpointPauseReason } from '@/lib/db/types'
import { applications } from '@/lib/db/schema/application'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { at, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'

export const callbackState = pgEnum('callback_state', ['pending', 'delivered', 'dead'])

/** An event for a subscriber; its id is the `webhook-id` of each attempt. Spec: G4 (deliver callbacks at least once). */
export const callbackEvents = pgTable(
  'callback_events',
  {
    id: text('id').primaryKey(),
    /** `wxbot-sequence`: increases within a room. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id),
    /** Unit of ordered delivery with its own slots: the endpoint of an application, or one login URL. */
    lane: text('lane').notNull(),
    /**
     * The additional endpoint that receives it; null: the default endpoint, or the login URL. No reference, because events of a removed
     * endpoint stay in the history.
     */
    endpointId: text('endpoint_id'),
    type: text('type').$type<CallbackEventType>().notNull(),
    /**
     * Login callback URL with its parameters; null: the current endpoint of the application, by POST. For an additional endpoint it is
     * `endpointMark`, which a worker of a release without additional endpoints refuses instead of calling the default endpoint.
     */
    loginUrl: text('login_url'),
    robotId: text('robot_id').references(() => robots.id),
    roomId: text('room_id').references(() => rooms.id),
    /** null: not about a message, or the message was deleted. */
    messageId: text('message_id').references(() => messages.id, { onDelete: 'set null' }),
    /** The body's `data`; never a token. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    state: callbackState('state').notNull().default('pending'),
    /** Attempts since it was created or replayed. */
    attemptCount: integer('attempt_count').notNull().default(0),
    /** Time of the next attempt. A worker claims the event by moving it ahead. */
    nextAttemptAt: at('next_attempt_at').notNull().defaultNow(),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
    /** W3C `traceparent` of what caused it; null: not traced. */
    traceParent: text('trace_parent'),
    /** The last replay of this event; null: never replayed. */
    replayId: text('replay_id'),
  },
  (t) => [
    /** Lanes with due events. */
    index('callback_events_due')
      .on(t.lane, t.nextAttemptAt)
      .where(sql`state = 'pending'`),
    /** First event of each room that has not stepped aside; the room waits for it. Spec: A12 (callbacks). */
    index('callback_events_heads')
      .on(t.lane, t.roomId, t.sequence)
      .where(sql`state = 'pending' and attempt_count < 2 and room_id is not null`),
    /** Events that wait for no other event: without a room, or stepped aside. */
    index('callback_events_free')
      .on(t.lane, t.nextAttemptAt)
      .where(sql`state = 'pending' and (attempt_count >= 2 or room_id is null)`),
    /** Latest events of an application, of a robot, of a message, of a replay. */
    index('callback_events_of_application').on(t.applicationId, t.createdAt),
    index('callback_events_of_robot').on(t.robotId, t.createdAt),
    index('callback_events_of_message').on(t.messageId),
    index('callback_events_of_replay')
      .on(t.replayId, t.createdAt)
      .where(sql`replay_id is not null`),
    /** Dead events, to list and to replay. */
    index('callback_events_dead')
      .on(t.applicationId, t.finishedAt)
      .where(sql`state = 'dead'`),
    /** Search by text of those that do not wait; a waiting one changes with each attempt. `text_bigrams`: migration 0036. */
    index('callback_events_text')
      .using('gin', sql`text_bigrams(coalesce(data ->> 'content', '') || chr(10) || coalesce(data ->> 'nickname', ''))`)
      .where(sql`state <> 'pending'`),
    /** Events of an application that ended in a time range, with their attempts. */
    index('callback_events_finished')
      .on(t.applicationId, t.finishedAt)
      .where(sql`state <> 'pending'`),
    /** Oldest events, for retention. */
    index('callback_events_age').on(t.createdAt),
  ],
)

/** One delivery attempt of an event. */
export const callbackAttempts = pgTable(
  'callback_attempts',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id')
      .notNull()
      .references(() => callbackEvents.id, { onDelete: 'cascade' }),
    /** Starts at 1. */
    number: integer('number').notNull(),
    startedAt: at('started_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    isDelivered: boolean('is_delivered').notNull(),
    /** null: no response. */
    httpStatus: integer('http_status'),
    /** First 1 KB of the response. */
    responseExcerpt: text('response_excerpt').notNull().default(''),
    /** Sentence for the operator; "": delivered. */
    error: text('error').notNull().default(''),
    errorReason: reason('error_reason'),
    errorParams: reasonParams('error_params'),
  },
  (t) => [
    index('callback_attempts_event').on(t.eventId, t.number),
    /** Stored responses, for retention. */
    index('callback_attempts_answers')
      .on(t.startedAt)
      .where(sql`response_excerpt <> ''`),
    /** Search by text. */
    index('callback_attempts_text')
      .using('gin', sql`text_bigrams(error || chr(10) || response_excerpt)`)
      .where(sql`error <> '' or response_excerpt <> ''`),
    /** Attempts in a time range. */
    index('callback_attempts_age').using('brin', t.startedAt),
  ],
)

/** Delivery health of an endpoint. No row, or a row for a previous URL, means healthy. */
export const callbackEndpoints = pgTable('callback_endpoints', {
  lane: text('lane').primaryKey(),
  applicationId: text('application_id')
    .notNull()
    .references(() => applications.id, { onDelete: 'cascade' }),
  /** The additional endpoint; null: the default endpoint. */
  endpointId: text('endpoint_id').references(() => applicationEndpoints.id, { onDelete: 'cascade' }),
  /** URL that this health is about; a new URL resets it. */
  url: text('url').notNull(),
  /** Consecutive failed attempts. */
  failureCount: integer('failure_count').notNull().default(0),
  /** Failed probes since the breaker opened. */
  failedProbeCount: integer('failed_probe_count').notNull().default(0),
  /** First failure since the last success; a day without attempts resets it. */
  failingSince: at('failing_since'),
  lastFailedAt: at('last_failed_at'),
  /** No attempt before this time: the breaker is open, a probe is running, or the endpoint sent Retry-After. */
  heldUntil: at('held_until'),
  /** No attempt until an operator resumes the endpoint. */
  pausedAt: at('paused_at'),
  pauseReason: text('pause_reason').$type<EndpointPauseReason>(),
})
