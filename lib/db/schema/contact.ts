import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { robots } from './robot'
import { at, bytea, createdAt } from './columns'

/** A person an assistant has to do with, found again after each login by the tag in the remark (B3). */
export const contacts = pgTable(
  'contacts',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** Six characters at the end of the remark that the robot sets. */
    tag: text('tag').notNull(),
    nickname: text('nickname').notNull(),
    /** The raw wxid, which a friend request tells once; null = never told. */
    wechatId: text('wechat_id'),
    /** The current `@…`; null = not found in this login. */
    username: text('username'),
    /** When the remark was set; null = it has to be. */
    remarkedAt: at('remarked_at'),
    /** Codes that were none; after five nothing of this person is read as a code any more. */
    wrongCodeCount: integer('wrong_code_count').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('contacts_tag').on(t.robotId, t.tag),
    index('contacts_username').on(t.robotId, t.username),
    index('contacts_wechat_id')
      .on(t.robotId, t.wechatId)
      .where(sql`wechat_id is not null`),
  ],
)

/** Contacts that make WeChat's minimum of two others in a new room. */
export const companions = pgTable(
  'companions',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** Nickname or remark, as an operator gave it. */
    name: text('name').notNull(),
    /** Who that is; null = not found yet. */
    contactId: text('contact_id').references(() => contacts.id),
  },
  (t) => [primaryKey({ columns: [t.robotId, t.name] })],
)

/** The picture of an assistant's own QR code, which the web protocol cannot tell (B3). */
export const assistantCodes = pgTable('assistant_codes', {
  robotId: text('robot_id')
    .primaryKey()
    .references(() => robots.id),
  contentType: text('content_type').notNull(),
  bytes: bytea('bytes').notNull(),
  changedAt: at('changed_at').notNull().defaultNow(),
})

/** An operation that WeChat refused with 1205: this robot leaves it alone until then. */
export const cooldowns = pgTable(
  'cooldowns',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** `make_room`, `add_member`, `accept_friend`, `set_remark` or `send`. */
    operation: text('operation').notNull(),
    until: at('until').notNull(),
    /** Refusals in a row; each doubles the wait. */
    strikeCount: integer('strike_count').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.robotId, t.operation] })],
)
