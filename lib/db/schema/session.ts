import { sql } from 'drizzle-orm'
import { bigint, boolean, bigserial, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Actor, SessionChangeCause, SessionEndReason } from '@/lib/db/types'
import { robots } from '@/lib/db/schema/robot'
import { at, createdAt } from '@/lib/db/schema/columns'

/** A worker process that is running, or was running recently. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  hostname: text('hostname').notNull(),
  /** Robots that it owns. */
  robotCount: integer('robot_count').notNull().default(0),
  startedAt: at('started_at').notNull().defaultNow(),
  heartbeatAt: at('heartbeat_at').notNull().defaultNow(),
})

/** Ownership of a robot: every write of an owner checks worker and epoch. Spec: G6 (one owner per robot). */
export const leases = pgTable(
  'leases',
  {
    robotId: text('robot_id')
      .primaryKey()
      .references(() => robots.id, { onDelete: 'cascade' }),
    /** null: no owner. */
    workerId: text('worker_id'),
    /** Increases at each change of owner. */
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [index('leases_worker').on(t.workerId)],
)

export const sessionState = pgEnum('session_state', [
  'starting',
  'waiting_scan',
  'waiting_code',
  'waiting_confirm',
  'online',
  'reconnecting',
  'ended',
])

/** A login of a robot: first pending, then live, then ended. A maximum of one per robot has not ended. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    state: sessionState('state').notNull().default('starting'),
    /** Unguessable last part of qrcode_url. */
    qrKey: text('qr_key').notNull(),
    /** Content of the current QR code; null: not yet received, or the scan is confirmed. */
    qrContent: text('qr_content'),
    /** Whether the current QR code leads to a face or slider check instead of the login. Spec: E8 (gateway). */
    isCheck: boolean('is_check').notNull().default(false),
    /** Profile picture of the account that scanned, a data: URL. */
    avatar: text('avatar'),
    /** Receives one GET after a successful login. Spec: A7 (login). */
    callbackUrl: text('callback_url'),
    /** The login ends at this time unless the code is scanned. */
    attemptExpiresAt: at('attempt_expires_at').notNull(),
    /**
     * Sealed: credentials that resume the session without a scan; null: not yet online. An ended iLink session keeps them until the
     * next login, which offers its token to the service.
     */
    credentialsSealed: text('credentials_sealed'),
    /** Current `@…` of the account. */
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
    /** Latest session of a robot. */
    index('sessions_robot').on(t.robotId, t.createdAt),
    /** Sessions that ended lately, in which each worker looks for lost robots every few seconds. */
    index('sessions_ended')
      .on(t.endedAt)
      .where(sql`ended_at is not null`),
  ],
)

/** A link of an alert that starts a login of a dropped robot; a robot has the link of its latest drop. Spec: D5 (alerts). */
export const loginLinks = pgTable('login_links', {
  robotId: text('robot_id')
    .primaryKey()
    .references(() => robots.id, { onDelete: 'cascade' }),
  /** The session that dropped: the link is valid only while the robot has not been online again. */
  sessionId: text('session_id')
    .notNull()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  /** Hash by which a request finds the link. */
  keyHash: text('key_hash').notNull().unique(),
  /** Sealed, so that each channel and each retry gets the same link. */
  keySealed: text('key_sealed').notNull(),
  expiresAt: at('expires_at').notNull(),
})

/** A state change of a session. Retention deletes old rows except the latest of each robot. */
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
    /** The new state. */
    state: sessionState('state').notNull(),
    /** null: the state needs no explanation. */
    cause: text('cause').$type<SessionChangeCause>(),
    /** null: not requested by an actor, but caused by the phone, WeChat or the product itself. */
    actor: text('actor').$type<Actor>(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    /** Latest changes of a robot. */
    index('session_changes_robot').on(t.robotId, t.id),
    /** Oldest changes, for retention. */
    index('session_changes_age').on(t.at),
  ],
)
