import { sql } from 'drizzle-orm'
import { bigserial, boolean, index, integer, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import type { CallbackEventType, EndpointPauseReason } from '../types'
import { applications } from './application'
import { messages } from './message'
import { robots } from './robot'
import { rooms } from './room'
import { at, createdAt } from './columns'

export const callbackState = pgEnum('callback_state', ['pending', 'delivered', 'dead'])

/** Something a developer is to be told; its id is the `webhook-id` of every try (G4). */
export const callbackEvents = pgTable(
  'callback_events',
  {
    id: text('id').primaryKey(),
    /** `wxbot-sequence`: rises within a room. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id),
    /** What is delivered one after another with its own slots: an application's endpoint, or one login link. */
    lane: text('lane').notNull(),
    type: text('type').$type<CallbackEventType>().notNull(),
    /** The login link with its parameters; null = the application's endpoint of now, by POST. */
    loginUrl: text('login_url'),
    robotId: text('robot_id').references(() => robots.id),
    roomId: text('room_id').references(() => rooms.id),
    messageId: text('message_id').references(() => messages.id),
    /** The body's `data`; never a token. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    state: callbackState('state').notNull().default('pending'),
    /** Tries since it was made or replayed. */
    attemptCount: integer('attempt_count').notNull().default(0),
    /** When it is tried next; moved ahead while a worker tries it, which is its claim. */
    nextAttemptAt: at('next_attempt_at').notNull().defaultNow(),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
    /** The replay that had it sent again last; null = none did. */
    replayId: text('replay_id'),
  },
  (t) => [
    /** Lanes with something due. */
    index('callback_events_due')
      .on(t.lane, t.nextAttemptAt)
      .where(sql`state = 'pending'`),
    /** The first of each room that has not stepped aside: what a room waits for (A12). */
    index('callback_events_heads')
      .on(t.lane, t.roomId, t.sequence)
      .where(sql`state = 'pending' and attempt_count < 2 and room_id is not null`),
    /** What waits for no other event: without a room, or stepped aside. */
    index('callback_events_free')
      .on(t.lane, t.nextAttemptAt)
      .where(sql`state = 'pending' and (attempt_count >= 2 or room_id is null)`),
    /** The latest of an application, of a robot; those about a message; those of a replay. */
    index('callback_events_of_application').on(t.applicationId, t.createdAt),
    index('callback_events_of_robot').on(t.robotId, t.createdAt),
    index('callback_events_of_message').on(t.messageId),
    index('callback_events_of_replay')
      .on(t.replayId, t.createdAt)
      .where(sql`replay_id is not null`),
    /** What failed, to be listed and replayed. */
    index('callback_events_dead')
      .on(t.applicationId, t.finishedAt)
      .where(sql`state = 'dead'`),
    /** The oldest, for the cleaning. */
    index('callback_events_age').on(t.createdAt),
  ],
)

/** One try of a callback. */
export const callbackAttempts = pgTable(
  'callback_attempts',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id')
      .notNull()
      .references(() => callbackEvents.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 … */
    number: integer('number').notNull(),
    startedAt: at('started_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    isDelivered: boolean('is_delivered').notNull(),
    /** null = no answer. */
    httpStatus: integer('http_status'),
    /** The answer's first 1 KB. */
    answerExcerpt: text('answer_excerpt').notNull().default(''),
    /** In plain words; "" when delivered. */
    error: text('error').notNull().default(''),
  },
  (t) => [
    index('callback_attempts_event').on(t.eventId, t.number),
    /** Answers still kept, for the cleaning. */
    index('callback_attempts_answers')
      .on(t.startedAt)
      .where(sql`answer_excerpt <> ''`),
    /** How many in a span of time. */
    index('callback_attempts_age').using('brin', t.startedAt),
  ],
)

/** How an application's endpoint fares. No row, or one about another address: nothing stands against it. */
export const callbackEndpoints = pgTable('callback_endpoints', {
  lane: text('lane').primaryKey(),
  applicationId: text('application_id')
    .notNull()
    .references(() => applications.id, { onDelete: 'cascade' }),
  /** What all of this is about; an application with a new address begins anew. */
  url: text('url').notNull(),
  /** Tries that failed in a row. */
  failureCount: integer('failure_count').notNull().default(0),
  /** Probes that failed since the breaker opened. */
  failedProbeCount: integer('failed_probe_count').notNull().default(0),
  /** The first failure since the last success; a day without any try begins a new count. */
  failingSince: at('failing_since'),
  lastFailedAt: at('last_failed_at'),
  /** Nothing is tried before: the breaker is open, a probe is under way, or the endpoint asked for time. */
  heldUntil: at('held_until'),
  /** Nothing is tried until an operator resumes it. */
  pausedAt: at('paused_at'),
  pauseReason: text('pause_reason').$type<EndpointPauseReason>(),
})
