import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { MemberTraits } from '../types'
import { robots } from './robot'
import { at, createdAt } from './columns'

/** A WeChat group as a robot sees it; its id outlives WeChat's volatile names (A9). */
export const rooms = pgTable(
  'rooms',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** WeChat's number of the account that is in it: a robot released for another account does not know it any more (A7). */
    accountUin: text('account_uin'),
    name: text('name').notNull(),
    /** The current `@@…`; null = not seen since the last login. */
    username: text('username'),
    /** WeChat's raw `…@chatroom`, when it was ever told. */
    wechatId: text('wechat_id'),
    /** `seq=` of its picture; null = never told. Evidence where equal, nothing where not: it changes with the picture. */
    headSeq: text('head_seq'),
    memberCount: integer('member_count').notNull().default(0),
    /** Who was in it when last looked at, without names; null = never looked at. */
    members: jsonb('members').$type<MemberTraits>(),
    /** Held: it may be a room that is known already, and an operator or better evidence has to say which. */
    isDoubtful: boolean('is_doubtful').notNull().default(false),
    /** The robot is no longer in it, or WeChat no longer shows it. */
    goneAt: at('gone_at'),
    seenAt: at('seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('rooms_current_username').on(t.robotId, t.username),
    index('rooms_robot_name').on(t.robotId, t.name),
    /** What an operator has to decide: few. */
    index('rooms_doubtful')
      .on(t.robotId)
      .where(sql`is_doubtful`),
  ],
)

/** Every `@@…` a room ever had, and the ids of rooms that proved to be the same one, so that all of them still find it (A9). */
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

/** The known rooms that a doubtful one may be. */
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

/** Whether a room is bound to its robot's agent_id, and who decided: an operator beats the rule until cleared (A8). */
export const bindings = pgTable('bindings', {
  roomId: text('room_id')
    .primaryKey()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  isBound: boolean('is_bound').notNull(),
  source: bindingSource('source').notNull(),
  changedAt: at('changed_at').notNull().defaultNow(),
})
