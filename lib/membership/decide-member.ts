import { and, eq, sql } from 'drizzle-orm'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { failureColumns, noFailure } from '@/lib/db/reason-columns'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import type { MemberDecision } from '@/lib/membership/member-decisions'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { sentenceOf } from '@/lib/sentence'

const now = sql`clock_timestamp()`

/**
 * Records an operator's decision about a person who was identified by a nickname only. yes: the person is confirmed. no: another person
 * has the name, so the membership is refused, and a pending group waits for its owner's code. remove: deletes a membership that is not in
 * the room, so that the person can ask again.
 * @throws NOT_FOUND, ILLEGAL_ACTION if there is nothing to confirm, or the person to remove is in the room
 */
export async function decideMember(
  tx: Tx,
  { qunId, membershipId, decision }: { qunId: string; membershipId: string; decision: MemberDecision },
): Promise<{ contactId: string }> {
  const { robotId } = await getQunOrThrow(tx, { qunId })
  const isIt = and(eq(memberships.id, membershipId), eq(memberships.qunId, qunId))
  const [member] = await tx.select().from(memberships).where(isIt).for('update')
  if (!member) throw new AppError('NOT_FOUND', { reason: 'membership_not_found' })
  const { contactId, identifiedBy, state, role } = member
  wakeRobotAfterCommit(tx, robotId)
  if (decision === 'remove') {
    if (state === 'joined') throw new AppError('ILLEGAL_ACTION', { reason: 'member_not_removable' })
    if (role === 'owner') await releaseOwner(tx, { qunId, contactId })
    await tx.delete(memberships).where(isIt)
    return { contactId }
  }
  if (identifiedBy !== 'nickname') throw new AppError('ILLEGAL_ACTION', { reason: 'member_not_doubtful' })
  if (decision === 'yes') {
    await tx
      .update(memberships)
      .set({ identifiedBy: 'operator', ...noFailure, changedAt: now })
      .where(isIt)
    return { contactId }
  }
  if (role === 'owner') await releaseOwner(tx, { qunId, contactId })
  const failure = failureColumns(sentenceOf('member_refused_by_operator'))
  // WeChat's list decides whether a person is in the room.
  const refused = state === 'joined' ? {} : ({ state: 'refused', friendTicket: null } as const)
  await tx
    .update(memberships)
    .set({ role: 'member', identifiedBy: null, ...refused, ...failure, changedAt: now })
    .where(isIt)
  return { contactId }
}

/** Takes a group from a person who is not its owner: the name does not identify the owner again, the group code does. */
async function releaseOwner(tx: Tx, { qunId, contactId }: { qunId: string; contactId: string }): Promise<void> {
  await tx
    .update(quns)
    .set({ ownerId: null, isLookupDue: false })
    .where(and(eq(quns.id, qunId), eq(quns.ownerId, contactId)))
}
