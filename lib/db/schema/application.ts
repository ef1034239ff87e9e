import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { CallbackEventType, ChosenConnection, RoomScope, TokenScope } from '@/lib/db/types'
import { at, createdAt } from '@/lib/db/schema/columns'

/** A tenant: its callback endpoint, subscriptions and secrets. */
export const applications = pgTable('applications', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Receives events by POST; null: no callbacks. */
  callbackUrl: text('callback_url'),
  /** Which rooms' messages are delivered. Spec: A12 (callbacks). */
  roomScope: text('room_scope').$type<RoomScope>().notNull().default('bound'),
  /** Subscribed events; only `send_message` by default. Spec: A13 (events). */
  eventTypes: text('event_types')
    .array()
    .$type<CallbackEventType[]>()
    .notNull()
    .default(sql`'{send_message}'`),
  /** Connection of a robot that is created without one; null: the installation's default. */
  defaultConnection: text('default_connection').$type<ChosenConnection>(),
  /** Sealed with ENCRYPTION_KEY: the Standard Webhooks secret, `whsec_…`. */
  signingSecretSealed: text('signing_secret_sealed').notNull(),
  /** Sealed: signs in addition to the current secret until `previousSigningEndsAt`; null: never rotated. */
  previousSigningSecretSealed: text('previous_signing_secret_sealed'),
  previousSigningEndsAt: at('previous_signing_ends_at'),
  /** Sealed: the token that callbacks repeat in their body. Spec: A12 (callbacks). */
  callbackTokenSealed: text('callback_token_sealed').notNull(),
  callbackTokenId: text('callback_token_id').references((): AnyPgColumn => tokens.id),
  /** Sealed: replaces the callback token at `callbackTokenSwitchesAt`, without a write at that time; null: no switch is pending. */
  nextCallbackTokenSealed: text('next_callback_token_sealed'),
  nextCallbackTokenId: text('next_callback_token_id').references((): AnyPgColumn => tokens.id),
  callbackTokenSwitchesAt: at('callback_token_switches_at'),
  disabledAt: at('disabled_at'),
  createdAt: createdAt(),
})

/** An access token (访问令牌), stored as its hash. */
export const tokens = pgTable(
  'tokens',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** SHA-256 of the token, hex. */
    hash: text('hash').notNull(),
    lastFour: text('last_four').notNull(),
    /** 0: no limit. */
    rateLimitPerMinute: integer('rate_limit_per_minute').notNull().default(600),
    expiresAt: at('expires_at'),
    /** The token issued by its rotation; this one expires at the end of the overlap. */
    replacedById: text('replaced_by_id').references((): AnyPgColumn => tokens.id),
    /** Only callbacks repeat it; it does not open the API. */
    isCallbackOnly: boolean('is_callback_only').notNull().default(false),
    /** Calls that it may make; null: all. Spec: A3 (access token). */
    scopes: text('scopes').array().$type<TokenScope[]>(),
    /** Robots that it may be used with; null: all of the application. */
    robotIds: text('robot_ids').array(),
    /** Addresses or CIDRs from which it is accepted; null: any. */
    networks: text('networks').array(),
    revokedAt: at('revoked_at'),
    /** Written at most once per minute. */
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Authentication of each API call. */
    uniqueIndex('tokens_hash').on(t.hash),
    index('tokens_application').on(t.applicationId),
  ],
)
