import { bigint, bigserial, index, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { type Actor, type AttentionKind, operatorRoles } from '@/lib/db/types'
import { at, createdAt } from '@/lib/db/schema/columns'

export const operatorRole = pgEnum('operator_role', operatorRoles)

/** A person who uses the dashboard. */
export const operators = pgTable('operators', {
  id: text('id').primaryKey(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  /** `$scrypt$…`, see lib/operator/hash-password.ts. */
  passwordHash: text('password_hash').notNull(),
  role: operatorRole('role').notNull().default('admin'),
  /** Read only by the version before session rows, which may still run during an upgrade. */
  signInsFrom: at('sign_ins_from'),
  /** null: never. */
  lastSignInAt: at('last_sign_in_at'),
  createdAt: createdAt(),
})

/** A signed-in browser of an operator: the cookie holds the secret, the row its hash. Deleted at sign-out. Spec: D1 (sign-in and sessions). */
export const operatorSessions = pgTable(
  'operator_sessions',
  {
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull().unique(),
    operatorId: text('operator_id')
      .notNull()
      .references(() => operators.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull().default(''),
    peerAddress: text('peer_address').notNull().default(''),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [index('operator_sessions_operator').on(t.operatorId), index('operator_sessions_created').on(t.createdAt)],
)

/** An origin of an operator's sign-ins: `network:<address>` or `device:<hash>`. Spec: D1 (sign-in and sessions). */
export const signInOrigins = pgTable(
  'sign_in_origins',
  {
    operatorId: text('operator_id')
      .notNull()
      .references(() => operators.id, { onDelete: 'cascade' }),
    origin: text('origin').notNull(),
    lastSignInAt: at('last_sign_in_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.operatorId, t.origin] })],
)

/** A failed sign-in, for the lock-out by account and address. Spec: D1 (sign-in and sessions). */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    email: text('email').notNull(),
    /** IPv4 address, or /64 of an IPv6 address. */
    network: text('peer_address').notNull(),
    /** Hash of a device that has signed in before; "": unknown device. */
    device: text('device').notNull().default(''),
    failedAt: at('failed_at').notNull().defaultNow(),
  },
  (t) => [
    index('sign_in_failures_email').on(t.email, t.failedAt),
    index('sign_in_failures_peer').on(t.network, t.failedAt),
    index('sign_in_failures_age').on(t.failedAt),
  ],
)

/**
 * An audit entry: who changed what, from where. The database chains entries at commit and refuses to change or delete them; see
 * the migration `audit_chain`.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    actor: text('actor').$type<Actor>().notNull(),
    /** `noun.verb`: `token.issue`. */
    action: text('action').notNull(),
    targetId: text('target_id').notNull(),
    /** Never a secret. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    peerAddress: text('peer_address').notNull().default(''),
    at: at('at').notNull().defaultNow(),
    /** Position in the chain, from 1 without gaps, in commit order; null: not yet committed. */
    sequence: bigint('sequence', { mode: 'number' }),
    /** SHA-256 of the previous entry's hash and this entry's content, hex. */
    hash: text('hash'),
  },
  (t) => [
    uniqueIndex('audit_entries_sequence').on(t.sequence),
    index('audit_entries_latest').on(t.at),
    /** Entries of a target. A hash index, because earlier entries name more targets in one value than a b-tree entry can hold. */
    index('audit_entries_target').using('hash', t.targetId),
  ],
)

/** A change requested by a dashboard page under an idempotency key, so that a repetition changes nothing. */
export const operatorRequests = pgTable(
  'operator_requests',
  {
    operatorId: text('operator_id')
      .notNull()
      .references(() => operators.id, { onDelete: 'cascade' }),
    /** Created by the page, one per opened form. */
    key: text('key').notNull(),
    /** HMAC of method, path and body: a key belongs to one request. */
    fingerprint: text('fingerprint').notNull(),
    /** `unknown`: it failed, and the change may have been made. */
    state: text('state').$type<'running' | 'done' | 'unknown'>().notNull().default('running'),
    /** Sealed, because it may contain a secret; null: no response yet, or deleted after some minutes. */
    responseSealed: text('response_sealed'),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.operatorId, t.key] }),
    /** Oldest requests, for retention. */
    index('operator_requests_age').on(t.createdAt),
  ],
)

/** An attention item that an operator dismissed for all operators until its state changes. */
export const dismissedAttention = pgTable(
  'dismissed_attention',
  {
    kind: text('kind').$type<AttentionKind>().notNull(),
    /** Id of a robot, application, qun or token. */
    targetId: text('target_id').notNull(),
    /** State of the item when it was dismissed; in any other state the item is shown again. */
    state: text('state').notNull(),
    dismissedAt: at('dismissed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.targetId] })],
)
