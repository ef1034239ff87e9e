import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { ConversationEntryDetail, HandoverReason, ServiceState } from '@/lib/db/types'
import { at, createdAt } from '@/lib/db/schema/columns'
import { operators } from '@/lib/db/schema/operator'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { Sentence } from '@/lib/sentence'

/** bot: answered automatically; waiting: for a person; assigned: an operator has taken it; closed: until the next message. */
export const conversationState = pgEnum('conversation_state', ['bot', 'waiting', 'assigned', 'closed'])

/** A person or a room with a robot; its messages are those of the same robot and room or person. Spec: F1 (conversation). */
export const conversations = pgTable(
  'conversations',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** null: a person. */
    roomId: text('room_id').references(() => rooms.id),
    /** `@…` or id of the person; null: a room. */
    peerUsername: text('peer_username'),
    /** The person's name in their last message; a room's name is in its row. */
    name: text('name').notNull().default(''),
    state: conversationState('state').notNull().default('bot'),
    /** Set only while `assigned`. */
    assigneeId: text('assignee_id').references(() => operators.id),
    /** Messages received since an operator last read it. */
    unreadCount: integer('unread_count').notNull().default(0),
    /** May have been deleted by retention since. */
    lastMessageId: text('last_message_id').notNull(),
    lastSequence: bigint('last_sequence', { mode: 'number' }).notNull(),
    lastMessageAt: at('last_message_at').notNull(),
    /** Set only while `waiting`. */
    waitingSince: at('waiting_since'),
    /** Why a person was requested last; null: never. */
    handoverReason: jsonb('handover_reason').$type<HandoverReason>(),
    /** From when a person has to be requested in the service itself; null: not, or done. */
    serviceHandoverAt: at('service_handover_at'),
    /** Why the service refused to request a person; null: it did not, or one has the conversation since. */
    serviceRefusal: jsonb('service_refusal').$type<Sentence>(),
    /** Who has it in the service itself; null: the robot, as far as is known. */
    serviceState: text('service_state').$type<ServiceState>(),
    /** When `serviceState` was learned last. */
    serviceStateAt: at('service_state_at'),
    /** From when its end has to be requested in the service; null: not, or done. */
    serviceEndAt: at('service_end_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Ends that are due; few rows. */
    index('conversations_service_end')
      .on(t.robotId, t.serviceEndAt)
      .where(sql`service_end_at is not null`),
    /** Requests that are due; few rows. */
    index('conversations_service_handover')
      .on(t.robotId, t.serviceHandoverAt)
      .where(sql`service_handover_at is not null`),
    uniqueIndex('conversations_room')
      .on(t.roomId)
      .where(sql`room_id is not null`),
    uniqueIndex('conversations_peer')
      .on(t.robotId, t.peerUsername)
      .where(sql`room_id is null`),
    /** Those that wait longest. */
    index('conversations_waiting')
      .on(t.waitingSince)
      .where(sql`state = 'waiting'`),
    index('conversations_assignee')
      .on(t.assigneeId, t.lastSequence)
      .where(sql`assignee_id is not null`),
    index('conversations_unread')
      .on(t.lastSequence)
      .where(sql`unread_count > 0`),
    /** Latest of all robots, of one robot. */
    index('conversations_open')
      .on(t.lastSequence)
      .where(sql`state <> 'closed'`),
    index('conversations_closed')
      .on(t.lastSequence)
      .where(sql`state = 'closed'`),
    index('conversations_robot').on(t.robotId, t.lastSequence),
    /** Those for which the service refused a person; few rows. */
    index('conversations_service_refusal')
      .on(t.robotId)
      .where(sql`service_refusal is not null`),
    /** Oldest, for retention. */
    index('conversations_age').on(t.lastMessageAt),
  ],
)

/**
 * The name of each conversation with a person that has one, for search: a conversation changes with each message, its name rarely.
 * Triggers keep it (migration 0047), so that each version of the code does.
 */
export const conversationNames = pgTable(
  'conversation_names',
  {
    conversationId: text('conversation_id')
      .primaryKey()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  /** Search by part of the name. `name_keys`: migration 0047. */
  () => [
    index('conversation_names_text')
      .using('gin', sql`name_keys(name)`)
      .with({ fastupdate: false }),
  ],
)

/**
 * What identifies a person in the next login, of people whose id changes with each login. Those of earlier logins are kept while they have a
 * conversation.
 */
export const knownPeople = pgTable(
  'known_people',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id, { onDelete: 'cascade' }),
    /** `@…` of one login. */
    username: text('username').notNull(),
    /** The account with the remark, or with the nickname of a person without one; null: of several people. */
    identity: text('identity'),
  },
  (t) => [
    primaryKey({ columns: [t.robotId, t.username] }),
    /** People with the same identity. */
    index('known_people_identity').on(t.robotId, t.identity),
  ],
)

export const conversationEntryKind = pgEnum('conversation_entry_kind', [
  'note',
  'handover_requested',
  'assigned',
  'released',
  'resolved',
  'reopened',
  'service_refused',
])

/** A note for colleagues, or a change of a conversation's state. */
export const conversationEntries = pgTable(
  'conversation_entries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    conversationId: text('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    kind: conversationEntryKind('kind').notNull(),
    /** Who wrote or changed it; null: the API, the robot, or an operator who was removed. */
    operatorId: text('operator_id').references(() => operators.id, { onDelete: 'set null' }),
    /** Text of a note; "" otherwise. */
    text: text('text').notNull().default(''),
    detail: jsonb('detail').$type<ConversationEntryDetail>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index('conversation_entries_conversation').on(t.conversationId, t.createdAt),
    /** Changes in a time range, for figures. */
    index('conversation_entries_age').on(t.createdAt, t.kind),
    index('conversation_entries_operator')
      .on(t.operatorId)
      .where(sql`operator_id is not null`),
  ],
)
