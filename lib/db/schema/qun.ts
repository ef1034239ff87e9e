import { boolean, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { contacts } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { at, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'

/** pending: its room is not created yet. Other obstacles to a join (paused, full) are columns. */
export const qunState = pgEnum('qun_state', ['pending', 'open', 'closed'])

/** A merchant's group with a link (微信群自动管理). */
export const quns = pgTable(
  'quns',
  {
    id: text('id').primaryKey(),
    /** The assistant that creates and manages it. */
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** 15 random digits; the link ends with their base64url. Spec: B5 (link). */
    number: text('number').notNull().unique(),
    /** Group code (群号代码), decoded: the proof of the owner, never on a public page. Spec: B4 (POST /wxbot/qun). */
    groupCode: text('group_code').notNull().unique(),
    ownerName: text('owner_name').notNull(),
    /** Key in owner_url, 131 bits, sealed with the id as context. */
    ownerKey: text('owner_key').notNull(),
    /** Final name of the room. It is public before the room exists, so it does not identify a room. */
    name: text('name').notNull(),
    /**
     * Secret name under which the room is requested from WeChat, 131 bits. It identifies a room whose creation got no response.
     * null: not requested yet, or the room has its final name.
     */
    nonceName: text('nonce_name'),
    /**
     * An operator changed the name and the room does not have it yet. It stays true for a customer group, which is renamed only in
     * WeCom: our pages then show this name.
     */
    isRenameDue: boolean('is_rename_due').notNull().default(false),
    state: qunState('state').notNull().default('pending'),
    /** null: no contact has proved to be the owner yet. */
    ownerId: text('owner_id').references(() => contacts.id),
    roomId: text('room_id').references(() => rooms.id),
    /** The owner must be looked up by name among the contacts, after a repeated request or a login of the assistant. */
    isLookupDue: boolean('is_lookup_due').notNull().default(true),
    /** Its members must be compared with WeChat's member list. */
    isRecountDue: boolean('is_recount_due').notNull().default(false),
    /** When the room creation started; not cleared by a worker that crashed during it. */
    roomRequestedAt: at('room_requested_at'),
    /** Earliest time of the next room creation; null: at once. */
    retryAt: at('retry_at'),
    /** Why the last attempt failed; "": it did not. */
    failure: text('failure').notNull().default(''),
    failureReason: reason('failure_reason'),
    failureParams: reasonParams('failure_params'),
    failureCount: integer('failure_count').notNull().default(0),
    pausedAt: at('paused_at'),
    /** When the room was found to be full. */
    fullAt: at('full_at'),
    openedAt: at('opened_at'),
    closedAt: at('closed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Quns of an assistant, read at each wake. */
    index('quns_robot').on(t.robotId),
    index('quns_room').on(t.roomId),
  ],
)

/** Join token (入群令牌): admits each contact who sends it to the assistant. */
export const joinTokens = pgTable(
  'join_tokens',
  {
    id: text('id').primaryKey(),
    qunId: text('qun_id')
      .notNull()
      .references(() => quns.id, { onDelete: 'cascade' }),
    /** 12 upper-case hex digits; shown as their base64. */
    token: text('token').notNull().unique(),
    /** null: never expires. */
    expiresAt: at('expires_at'),
    /** Maximum number of people; null: no limit. */
    maxUses: integer('max_uses'),
    /** When a new token replaced it. */
    replacedAt: at('replaced_at'),
    createdAt: createdAt(),
  },
  (t) => [index('join_tokens_qun').on(t.qunId, t.createdAt)],
)

/** A visit of the join page: a hash of address and browser, to count people instead of page views. */
export const qunVisits = pgTable(
  'qun_visits',
  {
    qunId: text('qun_id')
      .notNull()
      .references(() => quns.id, { onDelete: 'cascade' }),
    visitor: text('visitor').notNull(),
    firstAt: at('first_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.qunId, t.visitor] }), index('qun_visits_age').on(t.firstAt)],
)
