import { eq, inArray, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '../db/client'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'

const now = sql`clock_timestamp()`
const mostFailures = 5

/** Notes that WeChat made somebody a contact. */
export async function recordAccepted(tx: Tx, { membershipId }: { membershipId: string }): Promise<void> {
  await tx
    .update(memberships)
    .set({ state: 'known', friendTicket: null, acceptedAt: now, changedAt: now, failure: '', failureCount: 0 })
    .where(eq(memberships.id, membershipId))
}

/** Notes that WeChat sent an invitation card. */
export async function recordInvited(tx: Tx, { membershipId }: { membershipId: string }): Promise<void> {
  await tx
    .update(memberships)
    .set({ state: 'invited', changedAt: now, failure: '' })
    .where(eq(memberships.id, membershipId))
}

/**
 * Notes that a step failed. `counted`: WeChat's word, tried again after 1 minute, twice as long each time, five times in all;
 * `later`: nobody's word, again in a few seconds; `final`: not tried again.
 */
export async function recordStepFailure(
  tx: Tx,
  { membershipId, failure, weight }: { membershipId: string; failure: string; weight: 'counted' | 'later' | 'final' },
): Promise<void> {
  if (weight === 'later') {
    await tx
      .update(memberships)
      .set({ failure, retryAt: sql`${now} + interval '5 seconds'` })
      .where(eq(memberships.id, membershipId))
    return
  }
  const failures = sql`${memberships.failureCount} + 1`
  const isOver = weight === 'final' ? sql`true` : sql`${failures} >= ${mostFailures}`
  await tx
    .update(memberships)
    .set({
      failure,
      failureCount: failures,
      retryAt: sql`${now} + interval '1 minute' * power(2, ${memberships.failureCount})`,
      state: sql`case when ${isOver} then 'refused' else ${memberships.state}::text end::membership_state`,
      changedAt: now,
    })
    .where(eq(memberships.id, membershipId))
}

/** Notes that the robot has set a contact's remark. */
export async function recordRemark(tx: Tx, { contactId }: { contactId: string }): Promise<void> {
  await tx.update(contacts).set({ remarkedAt: now }).where(eq(contacts.id, contactId))
}

export type Arrival = { membershipId: string; nickname: string; role: 'owner' | 'member' }

/**
 * Compares a qun's people with who WeChat shows in its room: who is there has joined, who was there and is not has left.
 * Answers who is newly there.
 */
export async function recordPresence(
  tx: Tx,
  { qunId, usernames }: { qunId: string; usernames: readonly string[] },
): Promise<Arrival[]> {
  const people = await tx
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
  const known = people.filter(({ username }) => username !== null)
  const arrived = known.filter(({ username, state }) => present.has(username ?? '') && state !== 'joined')
  const left = known.filter(({ username, state }) => !present.has(username ?? '') && state === 'joined')
  await move(tx, arrived, {
    state: 'joined',
    joinedAt: now,
    acceptedAt: sql`coalesce(accepted_at, ${now})`,
    failure: '',
  })
  await move(tx, left, { state: 'left' })
  return arrived.map(({ membershipId, nickname, role }) => ({ membershipId, nickname, role }))
}

type Change = PgUpdateSetSource<typeof memberships>

async function move(tx: Tx, people: { membershipId: string }[], change: Change): Promise<void> {
  const ids = people.map(({ membershipId }) => membershipId)
  if (ids.length === 0) return
  await tx
    .update(memberships)
    .set({ ...change, changedAt: now })
    .where(inArray(memberships.id, ids))
}
