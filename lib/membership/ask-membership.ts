import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { memberships } from '../db/schema/membership'
import { newId } from '../id'

export type Membership = typeof memberships.$inferSelect

const now = sql`clock_timestamp()`

/**
 * Notes that somebody has asked to come in: to be accepted as a friend first where there is a ticket, else to be added. Who is in already
 * stays in; who was refused or has left is tried anew.
 */
export async function askMembership(
  tx: Tx,
  ask: {
    qunId: string
    contactId: string
    role?: 'owner' | 'member'
    joinTokenId?: string | null
    friendTicket?: string | null
  },
): Promise<Membership> {
  const { qunId, contactId, role = 'member', joinTokenId = null, friendTicket = null } = ask
  const step = friendTicket
    ? ({ state: 'asked', friendTicket } as const)
    : ({ state: 'known', friendTicket: null, acceptedAt: now } as const)
  const [asked] = await tx
    .insert(memberships)
    .values({ id: newId('membership'), qunId, contactId, role, joinTokenId, ...step })
    .onConflictDoUpdate({
      target: [memberships.qunId, memberships.contactId],
      set: { ...step, joinTokenId, failure: '', failureCount: 0, retryAt: null, changedAt: now },
      setWhere: notInArray(memberships.state, ['joined']),
    })
    .returning()
  if (asked) return asked
  const [joined] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.qunId, qunId), eq(memberships.contactId, contactId)))
  if (!joined) throw new Error('a membership has not been written')
  return joined
}
