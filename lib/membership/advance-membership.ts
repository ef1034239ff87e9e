import { eq, inArray, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { failureColumns, noFailure } from '@/lib/db/reason-columns'
import type { Sentence } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'

const now = sql`clock_timestamp()`
/** Failures counted in a row after which a step is not retried. */
const maxFailures = 5

/** Records that WeChat accepted the friend request. */
export async function recordAccepted(tx: Tx, { membershipId }: { membershipId: string }): Promise<void> {
  await tx
    .update(memberships)
    .set({ state: 'known', friendTicket: null, acceptedAt: now, changedAt: now, ...noFailure, failureCount: 0 })
    .where(eq(memberships.id, membershipId))
}

export async function recordInvited(tx: Tx, { membershipId }: { membershipId: string }): Promise<void> {
  await tx
    .update(memberships)
    .set({ state: 'invited', changedAt: now, ...noFailure })
    .where(eq(memberships.id, membershipId))
}

/**
 * Records that a step failed. `counted`: WeChat refused the step; it is retried after 1 minute, this delay doubles with each failure, and there are
 * a maximum of five attempts. `later`: the step failed for another reason; it is retried after 5 seconds. `final`: it is not retried.
 */
export async function recordStepFailure(
  tx: Tx,
  { membershipId, failure, weight }: { membershipId: string; failure: Sentence; weight: 'counted' | 'later' | 'final' },
): Promise<void> {
  if (weight === 'later') {
    await tx
      .update(memberships)
      .set({ ...failureColumns(failure), retryAt: sql`${now} + interval '5 seconds'` })
      .where(eq(memberships.id, membershipId))
    return
  }
  const failures = sql`${memberships.failureCount} + 1`
  const isOver = weight === 'final' ? sql`true` : sql`${failures} >= ${maxFailures}`
  await tx
    .update(memberships)
    .set({
      ...failureColumns(failure),
      failureCount: failures,
      retryAt: sql`${now} + interval '1 minute' * power(2, ${memberships.failureCount})`,
      state: sql`case when ${isOver} then 'refused' else ${memberships.state}::text end::membership_state`,
      changedAt: now,
    })
    .where(eq(memberships.id, membershipId))
}

/**
 * Records that the robot has set a contact's remark. `copiedName` is the part of the remark that the robot copied from the nickname; null: a person
 * wrote that part.
 */
export async function recordRemark(
  tx: Tx,
  { contactId, copiedName }: { contactId: string; copiedName: string | null },
): Promise<void> {
  await tx.update(contacts).set({ remarkedAt: now, copiedName }).where(eq(contacts.id, contactId))
}

export type NewMember = { membershipId: string; username: string; nickname: string; role: 'owner' | 'member' }

/**
 * Compares a qun's memberships with the members that WeChat lists in its room. A listed member gets the state `joined`; a joined member that is not
 * listed gets the state `left`. Returns the newly joined.
 */
export async function recordPresence(
  tx: Tx,
  { qunId, usernames }: { qunId: string; usernames: readonly string[] },
): Promise<NewMember[]> {
  const rows = await tx
    .select({
      membershipId: memberships.id,
      state: memberships.state,
      role: memberships.role,
      nickname: contacts.nickname,
      username: contacts.username,
    })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(eq(memberships.qunId, qunId))
    .for('update', { of: memberships })
  const present = new Set(usernames)
  const known = rows.filter(({ username }) => username !== null)
  const arrived = known.filter(({ username, state }) => present.has(username ?? '') && state !== 'joined')
  const left = known.filter(({ username, state }) => !present.has(username ?? '') && state === 'joined')
  await changeAll(tx, arrived, {
    state: 'joined',
    joinedAt: now,
    acceptedAt: sql`coalesce(accepted_at, ${now})`,
    ...noFailure,
  })
  await changeAll(tx, left, { state: 'left' })
  return arrived.map(({ membershipId, username, nickname, role }) => ({
    membershipId,
    username: username ?? '',
    nickname,
    role,
  }))
}

type Change = PgUpdateSetSource<typeof memberships>

async function changeAll(tx: Tx, members: { membershipId: string }[], change: Change): Promise<void> {
  const ids = members.map(({ membershipId }) => membershipId)
  if (ids.length === 0) return
  await tx
    .update(memberships)
    .set({ ...change, changedAt: now })
    .where(inArray(memberships.id, ids))
}
