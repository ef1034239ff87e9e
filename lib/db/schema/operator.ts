import { bigserial, index, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { operatorRoles } from '../types'
import { at, createdAt } from './columns'

export const operatorRole = pgEnum('operator_role', operatorRoles)

/** A person in the dashboard. */
export const operators = pgTable('operators', {
  id: text('id').primaryKey(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  /** `scrypt$…`, see lib/operator/hash-password.ts. */
  passwordHash: text('password_hash').notNull(),
  role: operatorRole('role').notNull().default('admin'),
  /** Sign-ins before it no longer count: the password was changed; null = all do. */
  signInsFrom: at('sign_ins_from'),
  /** null = never so far. */
  lastSignInAt: at('last_sign_in_at'),
  createdAt: createdAt(),
})

/** A wrong password, for the lock-out by account and by address (decisions D). */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    email: text('email').notNull(),
    peerAddress: text('peer_address').notNull(),
    failedAt: at('failed_at').notNull().defaultNow(),
  },
  (t) => [
    index('sign_in_failures_email').on(t.email, t.failedAt),
    index('sign_in_failures_peer').on(t.peerAddress, t.failedAt),
  ],
)

/** Who changed what, from where. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** `operator:<id>`, `token:<id>` or `cli`. */
    actor: text('actor').notNull(),
    /** verb and noun: `token.issue`. */
    action: text('action').notNull(),
    targetId: text('target_id').notNull(),
    /** Never a secret. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    peerAddress: text('peer_address').notNull().default(''),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    index('audit_entries_latest').on(t.at),
    /** What was done to one thing. By hash, for earlier entries name more things in one than a tree takes. */
    index('audit_entries_target').using('hash', t.targetId),
  ],
)
