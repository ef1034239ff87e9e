import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { MemberTraits } from '@/lib/db/types'
import { robots } from '@/lib/db/schema/robot'
import { at, createdAt } from '@/lib/db/schema/columns'

/** A WeChat room as a robot sees it; its id is stable, WeChat's usernames are not. Spec: A9 (durable room ids). */
export const rooms = pgTable(
  'rooms',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** WeChat's number of the account in the room; a robot that now uses another account does not list it. Spec: A7 (login). */
    accountUin: text('account_uin'),
    name: text('name').notNull(),
    /** Current `@@…`; null: not seen since the last login. */
    username: text('username'),
    /** WeChat's raw `…@chatroom`; null: not known. */
    wechatId: text('wechat_id'),
    /** `seq=` of its picture; null: not known. An equal value is evidence for a match; a different value is not, because it changes with the picture. */
    headSeq: text('head_seq'),
    memberCount: integer('member_count').notNull().default(0),
    /** The robot's account owns the room; null: not known. */
    isOwn: boolean('is_own'),
    /** Hashed traits of the members when last read; null: never read. */
    members: jsonb('members').$type<MemberTraits>(),
    /** When all members were last read from WeChat on request; null: never, or not in this login. */
    membersReadAt: at('members_read_at'),
    /** Ambiguous match: it may be a known room, to be decided by an operator or by further evidence. */
    isAmbiguous: boolean('is_ambiguous').notNull().default(false),
    /** The robot is no longer in it, or WeChat no longer shows it. */
    goneAt: at('gone_at'),
    seenAt: at('seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('rooms_current_username').on(t.robotId, t.username),
    index('rooms_robot_name').on(t.robotId, t.name),
    /** Ambiguous matches, for operators; few rows. */
    index('rooms_doubtful')
      .on(t.robotId)
      .where(sql`is_ambiguous`),
  ],
)

/** The name of each room that has one, for search: a room changes each time WeChat lists it. Kept by triggers, as `conversationNames`. */
export const roomNames = pgTable(
  'room_names',
  {
    roomId: text('room_id')
      .primaryKey()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  /** Search by part of the name. `name_keys`: migration 0047. */
  () => [
    index('room_names_text')
      .using('gin', sql`name_keys(name)`)
      .with({ fastupdate: false }),
  ],
)

/** All previous `@@…` of a room and the ids of rooms merged into it, so that clients can still use them. Spec: A9 (durable room ids). */
export const roomUsernames = pgTable(
  'room_usernames',
  {
    robotId: text('robot_id').notNull(),
    username: text('username').notNull(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.robotId, t.username] }), index('room_usernames_room').on(t.roomId)],
)

/** Known rooms that an ambiguous match may be. */
export const roomCandidates = pgTable(
  'room_candidates',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    candidateId: text('candidate_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.candidateId] }), index('room_candidates_candidate').on(t.candidateId)],
)

export const bindingSource = pgEnum('binding_source', ['rule', 'operator'])

/** Binding of a room to its robot's agent_id. An operator's decision overrides the rule until it is cleared. Spec: A8 (binding by agent_id). */
export const bindings = pgTable('bindings', {
  roomId: text('room_id')
    .primaryKey()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  isBound: boolean('is_bound').notNull(),
  source: bindingSource('source').notNull(),
  /** The rule bound the room by a name that another person may have chosen, and no operator has reviewed it. */
  isUnreviewed: boolean('is_unreviewed').notNull().default(false),
  changedAt: at('changed_at').notNull().defaultNow(),
})
