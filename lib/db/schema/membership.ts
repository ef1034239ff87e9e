import { sql } from 'drizzle-orm'
import { index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { contacts, identification } from '@/lib/db/schema/contact'
import { joinTokens, quns } from '@/lib/db/schema/qun'
import { at, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'

export const membershipRole = pgEnum('membership_role', ['owner', 'member'])

/**
 * requested: the friend request must be accepted → known: the contact must be added → joined: WeChat shows the member in the room;
 * with an invitation card, invited comes before joined. refused: no further attempt; left: no longer a member.
 */
export const membershipState = pgEnum('membership_state', [
  'requested',
  'known',
  'invited',
  'joined',
  'refused',
  'left',
])

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
    /** null: identified before this was recorded. */
    identifiedBy: identification('identified_by'),
    /** Join token that admitted the person; null: the group code or an operator did. */
    joinTokenId: text('join_token_id').references(() => joinTokens.id),
    /** WeChat's ticket of the friend request; null after it is accepted. */
    friendTicket: text('friend_ticket'),
    /** Earliest time of the next attempt; null: at once. */
    retryAt: at('retry_at'),
    failure: text('failure').notNull().default(''),
    failureReason: reason('failure_reason'),
    failureParams: reasonParams('failure_params'),
    failureCount: integer('failure_count').notNull().default(0),
    /** When the person became a contact, or was found to be one. */
    acceptedAt: at('accepted_at'),
    joinedAt: at('joined_at'),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('memberships_person').on(t.qunId, t.contactId),
    index('memberships_contact').on(t.contactId),
    /** Memberships with a pending step. */
    index('memberships_open')
      .on(t.qunId)
      .where(sql`state in ('requested', 'known')`),
    index('memberships_token').on(t.joinTokenId),
    /** Joins in a time range. */
    index('memberships_joined').on(t.joinedAt),
  ],
)
