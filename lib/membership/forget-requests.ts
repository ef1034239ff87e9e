import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'
import { quns } from '../db/schema/qun'

/**
 * Gives up a robot's friend requests that are not accepted yet: after a new login neither their `@…` nor their tickets hold. Who asks again
 * is heard as if for the first time, an owner too, and keeps nobody from a join token's last use meanwhile.
 */
export async function forgetRequests(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const own = tx.select({ id: contacts.id }).from(contacts).where(eq(contacts.robotId, robotId))
  const lost = await tx
    .update(memberships)
    .set({
      state: 'refused',
      friendTicket: null,
      failure: '助手重新登录过，好友请求已失效，请再发一次',
      changedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(memberships.state, 'asked'), inArray(memberships.contactId, own)))
    .returning({ contactId: memberships.contactId })
  const lostIds = lost.map(({ contactId }) => contactId)
  await tx
    .update(quns)
    .set({ ownerId: null, isLookupDue: true })
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending'), inArray(quns.ownerId, lostIds)))
}
