import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { quns } from '../db/schema/qun'
import { askMembership } from './ask-membership'

/** Notes who the owner of a pending qun is: whoever brought the code, or the one contact of that name; false when somebody is already. */
export async function claimQun(
  tx: Tx,
  { qunId, contactId, friendTicket = null }: { qunId: string; contactId: string; friendTicket?: string | null },
): Promise<boolean> {
  const claimed = await tx
    .update(quns)
    .set({ ownerId: contactId, isLookupDue: false, retryAt: null, failure: '', failureCount: 0 })
    .where(and(eq(quns.id, qunId), eq(quns.state, 'pending'), isNull(quns.ownerId)))
    .returning({ id: quns.id })
  if (claimed.length === 0) return false
  await askMembership(tx, { qunId, contactId, role: 'owner', friendTicket })
  return true
}
