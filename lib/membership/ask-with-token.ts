import { and, count, eq, ne } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { memberships } from '../db/schema/membership'
import { joinTokens } from '../db/schema/qun'
import { askMembership, type Membership } from './ask-membership'

/**
 * Notes that somebody has asked to come in with a join token, or answers null when others have used it up. Who shows one token at the
 * same moment is counted one after the other; who uses it already uses it once, and who is in already is in without it.
 */
export async function askWithToken(
  tx: Tx,
  ask: { qunId: string; contactId: string; joinTokenId: string; friendTicket?: string | null },
): Promise<Membership | null> {
  const { qunId, contactId, joinTokenId } = ask
  const [token] = await tx
    .select({ maxUses: joinTokens.maxUses })
    .from(joinTokens)
    .where(eq(joinTokens.id, joinTokenId))
    .for('update')
  // Counted by a statement of its own, which sees what was committed while this one waited for the lock.
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
  return askMembership(tx, ask)
}

async function isJoined(tx: Tx, { qunId, contactId }: { qunId: string; contactId: string }): Promise<boolean> {
  const isPerson = and(eq(memberships.qunId, qunId), eq(memberships.contactId, contactId))
  const joined = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(isPerson, eq(memberships.state, 'joined')))
  return joined.length > 0
}
