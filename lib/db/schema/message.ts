import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { ReplyReason, ReplySource } from '@/lib/db/types'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { at, bytea, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'

export const messageDirection = pgEnum('message_direction', ['in', 'out'])

export const messageType = pgEnum('message_type', ['text', 'image', 'other'])

/** Outgoing: queued → sending → sent | refused | unknown, or cancelled before sending. Incoming: received. */
export const messageState = pgEnum('message_state', [
  'queued',
  'sending',
  'sent',
  'refused',
  'unknown',
  'cancelled',
  'received',
])

/** An incoming or outgoing message; a queued one is the mailbox entry of its send. */
export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    /** Order of acceptance (outgoing) or arrival (incoming). */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    direction: messageDirection('direction').notNull(),
    type: messageType('type').notNull(),
    state: messageState('state').notNull(),
    /** null: private, or to filehelper. */
    roomId: text('room_id').references(() => rooms.id),
    /** `@…` or `filehelper` of the other side if there is no room. */
    peerUsername: text('peer_username'),
    /** The sender's name in that room. */
    senderName: text('sender_name').notNull().default(''),
    /** Text; for an outgoing image its link, for an incoming image our link to it. */
    content: text('content').notNull(),
    /** Messages that the connection needs for it, each of which counts in the reply window. */
    partCount: integer('part_count').notNull().default(1),
    /** WeChat's MsgID. */
    wechatId: text('wechat_id'),
    /** Who or what gave this reply; null: received, or sent by the API. Spec: F3 (when nothing replies). */
    replySource: text('reply_source').$type<ReplySource>(),
    replyReason: jsonb('reply_reason').$type<ReplyReason>(),
    errorCode: text('error_code'),
    /** The sentence of the reason in Chinese, which the API returns. */
    errorMessage: text('error_message'),
    errorReason: reason('error_reason'),
    errorParams: reasonParams('error_params'),
    idempotencyKey: text('idempotency_key'),
    /** SHA-256 of to_user, msg_type and content, to compare with a repeated request. */
    idempotencyHash: text('idempotency_hash'),
    /** W3C `traceparent` of the request that accepted it; null: not traced. */
    traceParent: text('trace_parent'),
    deadlineAt: at('deadline_at'),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    /** A received message is stored once. Spec: G3 (receive exactly once). */
    uniqueIndex('messages_received_once')
      .on(t.robotId, t.wechatId)
      .where(sql`direction = 'in'`),
    /** One row decides between concurrent requests. Spec: G2 (idempotent requests). */
    uniqueIndex('messages_idempotency')
      .on(t.robotId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    /** Next send of the owner. */
    index('messages_mailbox')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('queued', 'sending')`),
    /** Latest messages of a robot, of a room. */
    index('messages_robot_latest').on(t.robotId, t.sequence),
    index('messages_room_latest').on(t.roomId, t.sequence),
    /** Latest messages of a person; their reply window. */
    index('messages_peer_latest')
      .on(t.robotId, t.peerUsername, t.sequence)
      .where(sql`peer_username is not null`),
    /** Failed or unknown sends, for operators; few rows. */
    index('messages_failed')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('refused', 'unknown', 'cancelled')`),
    /** Recent sends of a robot. */
    index('messages_sent')
      .on(t.robotId, t.finishedAt)
      .where(sql`state = 'sent'`),
    /** Latest messages of all robots; counts and waiting times in a time range, from the index alone. */
    index('messages_age').on(t.createdAt, t.state, t.finishedAt),
    /** Replies in a time range, for figures. */
    index('messages_replies')
      .on(t.createdAt)
      .where(sql`reply_source is not null`),
    /** Search by text; those that wait change their state, so that they are few and not in it. `text_bigrams`: migration 0036. */
    index('messages_text')
      .using('gin', sql`text_bigrams(sender_name || chr(10) || content)`)
      .where(sql`state not in ('queued', 'sending')`),
    /** Sends with an unknown outcome, for operators. */
    index('messages_unknown')
      .on(t.finishedAt)
      .where(sql`state = 'unknown'`),
  ],
)

/** A file received from WeChat; the unguessable id is its link. */
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
    /** The sender's file name, cleaned; null: an image, voice message or video, which have none. */
    fileName: text('file_name'),
    sizeBytes: integer('size_bytes').notNull(),
    /** Stored uncompressed (STORAGE EXTERNAL), so that a range can be read without the bytes before it. */
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    /** Oldest files, for retention. */
    index('media_age').on(t.createdAt),
    /** Files of a deleted message. */
    index('media_message').on(t.messageId),
    /** Total size of a robot's files, from the index alone. */
    index('media_robot').on(t.robotId, t.sizeBytes),
  ],
)
