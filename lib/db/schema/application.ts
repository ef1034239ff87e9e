import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { CallbackEventType, RoomScope } from '../types'
import { at, createdAt } from './columns'

/** A tenant: its callback endpoint, what it wants to hear, its secrets. */
export const applications = pgTable('applications', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Where messages are POSTed; null = nothing is sent. */
  callbackUrl: text('callback_url'),
  /** Which rooms' messages are sent (decisions A12). */
  roomScope: text('room_scope').$type<RoomScope>().notNull().default('bound'),
  /** Which events are sent; `send_message` alone by default (A13). */
  eventTypes: text('event_types')
    .array()
    .$type<CallbackEventType[]>()
    .notNull()
    .default(sql`'{send_message}'`),
  /** Sealed with ENCRYPTION_KEY: the Standard Webhooks secret, `whsec_…`. */
  signingSecretSealed: text('signing_secret_sealed').notNull(),
  /** Sealed: signs beside the new one until `previousSigningEndsAt`; null = it was never rolled. */
  previousSigningSecretSealed: text('previous_signing_secret_sealed'),
  previousSigningEndsAt: at('previous_signing_ends_at'),
  /** Sealed: the one token that callbacks repeat in their body (A12). */
  callbackTokenSealed: text('callback_token_sealed').notNull(),
  /** Which token that is. */
  callbackTokenId: text('callback_token_id').references((): AnyPgColumn => tokens.id),
  /** Sealed: what takes its place at `callbackTokenSwitchesAt`, and then counts although nothing moves it; null = nothing. */
  nextCallbackTokenSealed: text('next_callback_token_sealed'),
  nextCallbackTokenId: text('next_callback_token_id').references((): AnyPgColumn => tokens.id),
  callbackTokenSwitchesAt: at('callback_token_switches_at'),
  disabledAt: at('disabled_at'),
  createdAt: createdAt(),
})

/** An access token (访问令牌): only its hash is kept. */
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
    /** Requests a minute; 0 = no limit. */
    rateLimitPerMinute: integer('rate_limit_per_minute').notNull().default(600),
    expiresAt: at('expires_at'),
    /** What was issued in its place; it ends when their overlap does. */
    replacedById: text('replaced_by_id').references((): AnyPgColumn => tokens.id),
    /** For callbacks to repeat; it opens nothing. */
    isCallbackOnly: boolean('is_callback_only').notNull().default(false),
    revokedAt: at('revoked_at'),
    /** Written at most once a minute. */
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Who asks: each API call. */
    uniqueIndex('tokens_hash').on(t.hash),
    index('tokens_application').on(t.applicationId),
  ],
)
