import { sql } from 'drizzle-orm'
import { bigserial, index, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Actor } from '@/lib/db/types'
import { at } from '@/lib/db/schema/columns'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'

/** The people in a robot's address book, as WeChat listed them last; only connections with friends have one. */
export const addressBook = pgTable(
  'address_book',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id, { onDelete: 'cascade' }),
    /** WeChat's id of the person; where ids change at each login, that of the current login. */
    username: text('username').notNull(),
    nickname: text('nickname').notNull(),
    /** The remark as WeChat has it, with the tag that the robot adds. */
    remark: text('remark').notNull(),
    /** What people see: the remark without the tag, otherwise the nickname. */
    shownName: text('shown_name').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.robotId, t.username] }),
    /** A page of the list. */
    index('address_book_name').on(t.robotId, t.shownName, t.username),
  ],
)

export const friendRequestState = pgEnum('friend_request_state', ['pending', 'accepted', 'refused', 'expired'])

/** A person's request to become a friend of a robot. expired: a new login made its ticket invalid. */
export const friendRequests = pgTable(
  'friend_requests',
  {
    id: text('id').primaryKey(),
    /** Order of arrival; a repeated request of the same person counts as new. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id, { onDelete: 'cascade' }),
    username: text('username').notNull(),
    nickname: text('nickname').notNull(),
    greeting: text('greeting').notNull(),
    /** WeChat's ticket, which accepts it. */
    ticket: text('ticket').notNull(),
    state: friendRequestState('state').notNull().default('pending'),
    requestedAt: at('requested_at').notNull().defaultNow(),
    decidedAt: at('decided_at'),
    /** null: accepted on the phone or by the assistant. */
    decidedBy: text('decided_by').$type<Actor>(),
  },
  (t) => [
    uniqueIndex('friend_requests_pending')
      .on(t.robotId, t.username)
      .where(sql`state = 'pending'`),
    /** A page of a robot's requests. */
    index('friend_requests_robot').on(t.robotId, t.sequence),
  ],
)

/** The members of a room when they were last read from WeChat, the robot included. */
export const roomMembers = pgTable(
  'room_members',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    /** WeChat's id of the person; where ids change at each login, that of the current login. */
    username: text('username').notNull(),
    /** The name in the room. */
    nickname: text('nickname').notNull(),
    /** Place in WeChat's list, from 0. */
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.username] })],
)
