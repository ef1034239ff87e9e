import { sql } from 'drizzle-orm'
import { bigint, bigserial, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { SessionChangeCause, SessionEndReason } from '../types'
import { robots } from './robot'
import { at, createdAt } from './columns'

/** A worker process that lives, or lately did. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  hostname: text('hostname').notNull(),
  /** How many robots it owns. */
  robotCount: integer('robot_count').notNull().default(0),
  startedAt: at('started_at').notNull().defaultNow(),
  heartbeatAt: at('heartbeat_at').notNull().defaultNow(),
})

/** Who owns a robot (G6): every write of an owner checks worker and epoch. */
export const leases = pgTable(
  'leases',
  {
    robotId: text('robot_id')
      .primaryKey()
      .references(() => robots.id, { onDelete: 'cascade' }),
    /** null = nobody. */
    workerId: text('worker_id'),
    /** Rises at each change of owner. */
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [index('leases_worker').on(t.workerId)],
)

export const sessionState = pgEnum('session_state', [
  'starting',
  'waiting_scan',
  'waiting_confirm',
  'online',
  'reconnecting',
  'ended',
])

/** A robot's login: an attempt first, then live, then ended; at most one that has not ended. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    state: sessionState('state').notNull().default('starting'),
    /** The unguessable tail of qrcode_url. */
    qrKey: text('qr_key').notNull(),
    /** What the code of now says; null before the first and after the scan was confirmed. */
    qrContent: text('qr_content'),
    /** The face of who scanned, a data: URL. */
    avatar: text('avatar'),
    /** GET once at success (A7). */
    callbackUrl: text('callback_url'),
    /** The attempt ends then, if nobody has scanned. */
    attemptExpiresAt: at('attempt_expires_at').notNull(),
    /** Sealed: what resumes the session without a scan; null until online. */
    credentialsSealed: text('credentials_sealed'),
    /** The account's current `@…`. */
    accountUsername: text('account_username'),
    stateChangedAt: at('state_changed_at').notNull().defaultNow(),
    onlineAt: at('online_at'),
    endedAt: at('ended_at'),
    endReason: text('end_reason').$type<SessionEndReason>(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('sessions_live')
      .on(t.robotId)
      .where(sql`state <> 'ended'`),
    uniqueIndex('sessions_qr_key').on(t.qrKey),
    /** A robot's latest. */
    index('sessions_robot').on(t.robotId, t.createdAt),
  ],
)

/** What a robot's sessions went through, a row a change; cleaned by age, but for a robot's latest. */
export const sessionChanges = pgTable(
  'session_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    /** What the session came into. */
    state: sessionState('state').notNull(),
    /** Why; null where the state says it all. */
    cause: text('cause').$type<SessionChangeCause>(),
    /** Who asked for it, as in the audit; null = nobody here: the phone, WeChat, ourselves. */
    actor: text('actor'),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    /** A robot's latest. */
    index('session_changes_robot').on(t.robotId, t.id),
    /** The oldest, for the cleaning. */
    index('session_changes_age').on(t.at),
  ],
)
