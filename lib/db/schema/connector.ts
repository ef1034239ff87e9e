import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { ConnectorType } from '@/lib/db/types'
import type { Sentence } from '@/lib/sentence'
import { applications } from '@/lib/db/schema/application'
import { at, createdAt } from '@/lib/db/schema/columns'

/** Credentials of an external service that several robots share; it belongs to the installation. Spec: E2 (connector). */
export const connectors = pgTable(
  'connectors',
  {
    id: text('id').primaryKey(),
    type: text('type').$type<ConnectorType>().notNull(),
    /** Unique in the installation; an assistant is called by it. */
    name: text('name').notNull(),
    /** Not secret; `connectorSettings[type]` in lib/connector reads it. */
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
    /** Sealed with the row as context: JSON that `connectorSecrets[type]` reads. */
    secretsSealed: text('secrets_sealed').notNull(),
    /** SHA-256 of the secret segment of the callback path, hex. */
    callbackKeyHash: text('callback_key_hash').notNull(),
    /** Sealed: the segment itself, so that an operator can read the callback URL again. */
    callbackKeySealed: text('callback_key_sealed').notNull(),
    /** Only `wecom`: its customer groups serve merchant groups under its name. */
    isAssistant: boolean('is_assistant').notNull().default(false),
    /** Only `gateway`: when an operator accepted its risk. */
    riskAcceptedAt: at('risk_accepted_at'),
    /** A check is due while this is later than `checkedAt`; null: never requested. */
    checkRequestedAt: at('check_requested_at'),
    /** null: never checked. */
    checkedAt: at('checked_at'),
    /** What the last check found; empty: nothing is missing. null: never checked. */
    problems: jsonb('problems').$type<Sentence[]>(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('connectors_name').on(t.name),
    /** The connector that an incoming callback is for. */
    uniqueIndex('connectors_callback').on(t.callbackKeyHash),
  ],
)

/** Which applications may create robots on a connector. */
export const connectorApplications = pgTable(
  'connector_applications',
  {
    connectorId: text('connector_id')
      .notNull()
      .references(() => connectors.id, { onDelete: 'cascade' }),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    /** Robots that the application creates without a connector use it, if its type fits their connection. */
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.connectorId, t.applicationId] }),
    /** The connectors of an application. */
    index('connector_applications_application').on(t.applicationId),
    uniqueIndex('connector_applications_default')
      .on(t.applicationId)
      .where(sql`is_default`),
  ],
)
