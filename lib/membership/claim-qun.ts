import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { failureColumns, noFailure } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { requestMembership, type Identification } from '@/lib/membership/request-membership'

type Claim = {
  qunId: string
  contactId: string
  identifiedBy: Exclude<Identification, 'join_token'>
  friendTicket?: string | null
}

/** The current owner of a qun was identified by nickname only; the group code is stronger proof and overrides it. */
export const isOwnedByNickname = sql<boolean>`exists (select 1 from ${memberships}
  where ${memberships.qunId} = ${quns.id} and ${memberships.contactId} = ${quns.ownerId}
    and ${memberships.identifiedBy} = 'nickname')`

/**
 * Records the owner of a pending qun: the person who sent the group code, or the only contact with the owner's name. Returns false if
 * the qun already has an owner; the group code replaces an owner identified by nickname only.
 */
export async function claimQun(tx: Tx, claim: Claim): Promise<boolean> {
  const { qunId, contactId, identifiedBy, friendTicket = null } = claim
  const [before] = await tx.select({ ownerId: quns.ownerId }).from(quns).where(eq(quns.id, qunId)).for('update')
  const isClaimable = identifiedBy === 'code' ? or(isNull(quns.ownerId), isOwnedByNickname) : isNull(quns.ownerId)
  const claimed = await tx
    .update(quns)
    .set({ ownerId: contactId, isLookupDue: false, retryAt: null, ...noFailure, failureCount: 0 })
    .where(and(eq(quns.id, qunId), eq(quns.state, 'pending'), isClaimable))
    .returning({ id: quns.id })
  if (claimed.length === 0) return false
  if (before?.ownerId && before.ownerId !== contactId) await refuse(tx, { qunId, contactId: before.ownerId })
  await requestMembership(tx, { qunId, contactId, role: 'owner', identifiedBy, friendTicket })
  return true
}

/** Refuses the membership of a person who only had the owner's nickname. */
async function refuse(tx: Tx, { qunId, contactId }: { qunId: string; contactId: string }): Promise<void> {
  await tx
    .update(memberships)
    .set({
      role: 'member',
      state: 'refused',
      friendTicket: null,
      ...failureColumns(sentenceOf('owner_by_name_only')),
      changedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(memberships.qunId, qunId), eq(memberships.contactId, contactId)))
}
