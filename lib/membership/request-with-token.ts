import { and, count, eq, ne } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { joinTokens } from '@/lib/db/schema/qun'
import { requestMembership, type Identification, type Membership } from '@/lib/membership/request-membership'

/**
 * Records a request to join with a join token; null: the token is used up. Concurrent requests with one token are counted one after
 * another; a repeated request uses the token once, and a joined member needs no token.
 */
export async function requestWithToken(
  tx: Tx,
  request: {
    qunId: string
    contactId: string
    joinTokenId: string
    identifiedBy: Identification
    friendTicket?: string | null
  },
): Promise<Membership | null> {
  const { qunId, contactId, joinTokenId } = request
  const [token] = await tx
    .select({ maxUses: joinTokens.maxUses })
    .from(joinTokens)
    .where(eq(joinTokens.id, joinTokenId))
    .for('update')
  // A separate statement, which sees what was committed while the first one waited for the lock.
  const [others] = await tx
    .select({ size: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.joinTokenId, joinTokenId),
        ne(memberships.contactId, contactId),
        ne(memberships.state, 'refused'),
      ),
    )
  const isUsedUp = (others?.size ?? 0) >= (token?.maxUses ?? Infinity)
  if (isUsedUp && !(await isJoined(tx, { qunId, contactId }))) return null
  return requestMembership(tx, request)
}

async function isJoined(tx: Tx, { qunId, contactId }: { qunId: string; contactId: string }): Promise<boolean> {
  const isPerson = and(eq(memberships.qunId, qunId), eq(memberships.contactId, contactId))
  const joined = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(isPerson, eq(memberships.state, 'joined')))
  return joined.length > 0
}
