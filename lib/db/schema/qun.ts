import { boolean, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { contacts } from './contact'
import { robots } from './robot'
import { rooms } from './room'
import { at, createdAt } from './columns'

/** pending: its room is not made yet. What else stands in the way of a newcomer (paused, full) is said by columns. */
export const qunState = pgEnum('qun_state', ['pending', 'open', 'closed'])

/** A merchant's group with a link (微信群自动管理). */
export const quns = pgTable(
  'quns',
  {
    id: text('id').primaryKey(),
    /** The assistant that makes and keeps it. */
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** 15 digits, drawn at random; the link's tail is their base64url (B5). */
    number: text('number').notNull().unique(),
    /** 群号代码, decoded: the owner's proof, never on a public page (B4). */
    code: text('code').notNull().unique(),
    ownerName: text('owner_name').notNull(),
    /** The tail of owner_url, 131 bits. */
    ownerKey: text('owner_key').notNull(),
    /** How its room is called; holds the number, so that no other room has it. */
    name: text('name').notNull(),
    state: qunState('state').notNull().default('pending'),
    /** Who proved to be the owner; null = nobody yet. */
    ownerId: text('owner_id').references(() => contacts.id),
    roomId: text('room_id').references(() => rooms.id),
    /** The owner is to be looked for by name among the contacts: asked again, or the assistant is back. */
    isLookupDue: boolean('is_lookup_due').notNull().default(true),
    /** Its members are to be compared with what WeChat shows. */
    isRecountDue: boolean('is_recount_due').notNull().default(false),
    /** The room is being made since; left standing by a worker that died meanwhile. */
    makingSince: at('making_since'),
    /** Making the room is not tried before; null = at once. */
    retryAt: at('retry_at'),
    /** Why the last try failed, in plain words; "" = it did not. */
    failure: text('failure').notNull().default(''),
    failureCount: integer('failure_count').notNull().default(0),
    pausedAt: at('paused_at'),
    /** Nobody has found room in it since. */
    fullAt: at('full_at'),
    openedAt: at('opened_at'),
    closedAt: at('closed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** An assistant's quns: what they still want, at each wake. */
    index('quns_robot').on(t.robotId),
    index('quns_room').on(t.roomId),
  ],
)

/** 入群令牌: whoever shows it to the assistant gets into the qun. */
export const joinTokens = pgTable(
  'join_tokens',
  {
    id: text('id').primaryKey(),
    qunId: text('qun_id')
      .notNull()
      .references(() => quns.id, { onDelete: 'cascade' }),
    /** 12 hex digits, upper case; shown as their base64. */
    token: text('token').notNull().unique(),
    /** null = never. */
    expiresAt: at('expires_at'),
    /** How many people may use it; null = any number. */
    maxUses: integer('max_uses'),
    /** Another took its place. */
    replacedAt: at('replaced_at'),
    createdAt: createdAt(),
  },
  (t) => [index('join_tokens_qun').on(t.qunId, t.createdAt)],
)

/** Somebody opened the join page: a hash of address and browser, so that people are counted and not page views. */
export const qunVisits = pgTable(
  'qun_visits',
  {
    qunId: text('qun_id')
      .notNull()
      .references(() => quns.id, { onDelete: 'cascade' }),
    visitor: text('visitor').notNull(),
    firstAt: at('first_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.qunId, t.visitor] })],
)
