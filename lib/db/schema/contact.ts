import { sql } from 'drizzle-orm'
import { index, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { robots } from '@/lib/db/schema/robot'
import { at, bytea, createdAt } from '@/lib/db/schema/columns'

/**
 * What identified a person: a remark, which only the account itself can set; a nickname, which any person can choose; the group
 * code; a join token; the official QR code of the group; an operator who confirmed the person.
 */
export const identification = pgEnum('identification', [
  'remark',
  'nickname',
  'code',
  'join_token',
  'join_qr',
  'operator',
])

/** A person in an assistant's contacts, identified after each login by the tag in the remark. Spec: B3 (assistant). */
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
    /** Raw wxid, which only a friend request contains; null: not known. */
    wechatId: text('wechat_id'),
    /** Current `@…`; null: not found in this login. */
    username: text('username'),
    /**
     * Name that the robot copied from the nickname into the remark, so that it does not count as a remark set by a person. null:
     * no remark set, or a remark set by a person was kept.
     */
    copiedName: text('copied_name'),
    /** null: the remark must still be set. */
    remarkedAt: at('remarked_at'),
    /** Invalid group codes received; after five, this person's texts are no longer read as codes. */
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

/** Contacts that start new rooms: WeChat requires two other members. */
export const companions = pgTable(
  'companions',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** Nickname or remark, as entered by an operator. */
    name: text('name').notNull(),
    /** null: not found yet. */
    contactId: text('contact_id').references(() => contacts.id),
    /** null: not found yet, or found before this was recorded. */
    identifiedBy: identification('identified_by'),
  },
  (t) => [primaryKey({ columns: [t.robotId, t.name] })],
)

/** Image of an assistant's contact QR code, which the web protocol does not provide. Spec: B3 (assistant). */
export const contactQrs = pgTable('assistant_codes', {
  robotId: text('robot_id')
    .primaryKey()
    .references(() => robots.id),
  contentType: text('content_type').notNull(),
  bytes: bytea('bytes').notNull(),
  changedAt: at('changed_at').notNull().defaultNow(),
})

/** An operation that WeChat refused with 1205 (rate limit): this robot does not repeat it until `until`. */
export const cooldowns = pgTable(
  'cooldowns',
  {
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** `make_room`, `rename_room`, `add_member`, `accept_friend`, `set_remark` or `send`. */
    operation: text('operation').notNull(),
    until: at('until').notNull(),
    /** Consecutive refusals; each doubles the wait. */
    strikeCount: integer('strike_count').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.robotId, t.operation] })],
)
