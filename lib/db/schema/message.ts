import { sql } from 'drizzle-orm'
import { bigserial, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { robots } from './robot'
import { rooms } from './room'
import { at, bytea, createdAt } from './columns'

export const messageDirection = pgEnum('message_direction', ['in', 'out'])

export const messageType = pgEnum('message_type', ['text', 'image', 'other'])

/** Out: queued → sending → sent | refused | unknown, or cancelled before it was sending. In: received. */
export const messageState = pgEnum('message_state', [
  'queued',
  'sending',
  'sent',
  'refused',
  'unknown',
  'cancelled',
  'received',
])

/** One message, in or out; a queued one is the mailbox entry of its send. */
export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    /** Order of acceptance (out) or arrival (in). */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    direction: messageDirection('direction').notNull(),
    type: messageType('type').notNull(),
    state: messageState('state').notNull(),
    /** null = private, or to filehelper. */
    roomId: text('room_id').references(() => rooms.id),
    /** The other end's `@…` or `filehelper` where there is no room. */
    peerUsername: text('peer_username'),
    /** Who spoke, by the name used in that room. */
    senderName: text('sender_name').notNull().default(''),
    /** Text; for an image sent its link, for one received our link to it. */
    content: text('content').notNull(),
    /** WeChat's MsgID. */
    wechatId: text('wechat_id'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    idempotencyKey: text('idempotency_key'),
    /** SHA-256 of to_user, msg_type and content, to compare a repeat with. */
    idempotencyHash: text('idempotency_hash'),
    deadlineAt: at('deadline_at'),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    /** G3: a message is stored once. */
    uniqueIndex('messages_received_once')
      .on(t.robotId, t.wechatId)
      .where(sql`direction = 'in'`),
    /** G2: one row decides. */
    uniqueIndex('messages_idempotency')
      .on(t.robotId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    /** The owner's next send. */
    index('messages_mailbox')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('queued', 'sending')`),
    /** A room's, a robot's latest. */
    index('messages_robot_latest').on(t.robotId, t.sequence),
    index('messages_room_latest').on(t.roomId, t.sequence),
    /** What did not arrive, or may not have: few, for operators. */
    index('messages_failed')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('refused', 'unknown', 'cancelled')`),
    /** How many a robot sent lately. */
    index('messages_sent')
      .on(t.robotId, t.finishedAt)
      .where(sql`state = 'sent'`),
    /** The latest of all robots; how many in a span of time, and how long they waited, from the index alone. */
    index('messages_age').on(t.createdAt, t.state, t.finishedAt),
    /** Sends that nobody knows the outcome of, for operators. */
    index('messages_unknown')
      .on(t.finishedAt)
      .where(sql`state = 'unknown'`),
  ],
)

/** Bytes that arrived from WeChat; the id is unguessable, it is the link. */
export const media = pgTable(
  'media',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    contentType: text('content_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    /** The oldest, for the cleaning. */
    index('media_age').on(t.createdAt),
  ],
)
