import { and, eq, notInArray, sql } from 'drizzle-orm'
import { noFailure } from '@/lib/db/reason-columns'
import type { Tx } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { newId } from '@/lib/id'

export type Membership = typeof memberships.$inferSelect
export type Identification = NonNullable<Membership['identifiedBy']>

const now = sql`clock_timestamp()`

/**
 * Records a request to join: with a ticket, the friend request is accepted first; otherwise the contact is added. A joined member stays
 * joined; a refused or former one starts again.
 */
export async function requestMembership(
  tx: Tx,
  request: {
    qunId: string
    contactId: string
    identifiedBy: Identification
    role?: 'owner' | 'member'
    joinTokenId?: string | null
    friendTicket?: string | null
  },
): Promise<Membership> {
  const { qunId, contactId, identifiedBy, role = 'member', joinTokenId = null, friendTicket = null } = request
  const step = friendTicket
    ? ({ state: 'requested', friendTicket } as const)
    : ({ state: 'known', friendTicket: null, acceptedAt: now } as const)
  const [requested] = await tx
    .insert(memberships)
    .values({ id: newId('membership'), qunId, contactId, role, identifiedBy, joinTokenId, ...step })
    .onConflictDoUpdate({
      target: [memberships.qunId, memberships.contactId],
      set: {
        ...step,
        ...(role === 'owner' ? { role } : {}),
        identifiedBy,
        joinTokenId,
        ...noFailure,
        failureCount: 0,
        retryAt: null,
        changedAt: now,
      },
      setWhere: notInArray(memberships.state, ['joined']),
    })
    .returning()
  if (requested) return requested
  const [joined] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.qunId, qunId), eq(memberships.contactId, contactId)))
  if (!joined) throw new Error('a membership has not been written')
  return joined
}
