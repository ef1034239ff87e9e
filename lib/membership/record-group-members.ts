import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { newId } from '@/lib/id'
import { upsertContact } from '@/lib/membership/upsert-contact'

/** A customer in the member list of a group. `isOurs`: joined by the QR code of this qun. */
export type GroupMember = { username: string; nickname: string; isOurs: boolean }

/**
 * Makes each listed customer a contact with a membership, which `recordPresence` then marks as joined. People whose membership is known
 * cost no statement of their own. Spec: E7 (customer groups).
 */
export async function recordGroupMembers(
  tx: Tx,
  { robotId, qunId, members }: { robotId: string; qunId: string; members: readonly GroupMember[] },
): Promise<void> {
  const rows = await tx
    .select({ username: contacts.username })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(eq(memberships.qunId, qunId))
  const known = new Set(rows.map(({ username }) => username))
  const added: string[] = []
  for (const { username, nickname, isOurs } of members) {
    if (known.has(username)) continue
    const { id: contactId } = await upsertContact(tx, { robotId, person: { username, nickname } })
    added.push(contactId)
    const identifiedBy = isOurs ? ('join_qr' as const) : null
    await tx
      .insert(memberships)
      .values({ id: newId('membership'), qunId, contactId, state: 'known', identifiedBy })
      .onConflictDoNothing()
  }
  if (added.length === 0) return
  // A customer group has no remarks.
  await tx
    .update(contacts)
    .set({ remarkedAt: sql`clock_timestamp()` })
    .where(and(inArray(contacts.id, added), isNull(contacts.remarkedAt)))
}
