import { sql } from 'drizzle-orm'
import { index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { contacts } from './contact'
import { joinTokens, quns } from './qun'
import { at, createdAt } from './columns'

export const membershipRole = pgEnum('membership_role', ['owner', 'member'])

/**
 * asked: a friend request to accept → known: a contact, to be added → joined, as WeChat shows the room; or invited by a card first.
 * refused: it will not be tried again; left: was in, and is not any more.
 */
export const membershipState = pgEnum('membership_state', ['asked', 'known', 'invited', 'joined', 'refused', 'left'])

/** One person's way into a qun. */
export const memberships = pgTable(
  'memberships',
  {
    id: text('id').primaryKey(),
    qunId: text('qun_id')
      .notNull()
      .references(() => quns.id),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    role: membershipRole('role').notNull().default('member'),
    state: membershipState('state').notNull(),
    /** What opened the door; null = the code, or an operator. */
    joinTokenId: text('join_token_id').references(() => joinTokens.id),
    /** WeChat's ticket of the friend request, until it is accepted. */
    friendTicket: text('friend_ticket'),
    /** The next step is not tried before; null = at once. */
    retryAt: at('retry_at'),
    failure: text('failure').notNull().default(''),
    failureCount: integer('failure_count').notNull().default(0),
    /** Became a contact, or was one. */
    acceptedAt: at('accepted_at'),
    joinedAt: at('joined_at'),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('memberships_person').on(t.qunId, t.contactId),
    index('memberships_contact').on(t.contactId),
    /** Steps that wait to be taken. */
    index('memberships_open')
      .on(t.qunId)
      .where(sql`state in ('asked', 'known')`),
    index('memberships_token').on(t.joinTokenId),
    /** How many got in, in a span of time. */
    index('memberships_joined').on(t.joinedAt),
  ],
)
