import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { applications } from '@/lib/db/schema/application'
import { at, createdAt } from '@/lib/db/schema/columns'

/** An additional endpoint of an application. The default endpoint is `applications.callback_url`. Spec: A14 (several endpoints). */
export const applicationEndpoints = pgTable(
  'application_endpoints',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Receives events by POST. */
    url: text('url').notNull(),
    eventTypes: text('event_types').array().$type<CallbackEventType[]>().notNull(),
    /** Which rooms' messages are delivered, if `roomIds` is null. */
    roomScope: text('room_scope').$type<RoomScope>().notNull().default('bound'),
    /** Robots whose events it receives; null: all of the application. */
    robotIds: text('robot_ids').array(),
    /** Rooms whose events it receives, and no other events; null: not limited. */
    roomIds: text('room_ids').array(),
    /** Names of its own request headers, in the order given. */
    headerNames: text('header_names')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Sealed: JSON with the values of `headerNames`; null: none. */
    headersSealed: text('headers_sealed'),
    /** Sealed: its own Standard Webhooks secret, `whsec_…`. */
    signingSecretSealed: text('signing_secret_sealed').notNull(),
    /** Sealed: signs in addition until `previousSigningEndsAt`; null: never rotated. */
    previousSigningSecretSealed: text('previous_signing_secret_sealed'),
    previousSigningEndsAt: at('previous_signing_ends_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Endpoints of an application, oldest first; read for each of its events. */
    index('application_endpoints_application').on(t.applicationId, t.createdAt),
  ],
)
