import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'
import { quns } from '../db/schema/qun'
import { robots } from '../db/schema/robot'
import { readRemark } from './contact-tag'
import { forgetRequests } from './forget-requests'

export type ListedContact = { username: string; nickname: string; remark: string }

/**
 * Finds an assistant's people in its whole address book, by the tag in the remark: their `@…` are new after each login (B3). Who is not
 * found by it keeps the `@…` only if the book still lists it. Owners who are awaited are then looked for by name.
 */
export async function recognizeContacts(
  tx: Tx,
  { robotId, listed }: { robotId: string; listed: readonly ListedContact[] },
): Promise<void> {
  const [robot] = await tx.select({ isAssistant: robots.isAssistant }).from(robots).where(eq(robots.id, robotId))
  if (!robot?.isAssistant) return
  const usernames = listed.map(({ username }) => username)
  // Whoever waits to be accepted is in no address book yet.
  const asking = tx.select({ id: memberships.contactId }).from(memberships).where(eq(memberships.state, 'asked'))
  await tx
    .update(contacts)
    .set({ username: null })
    .where(
      and(
        eq(contacts.robotId, robotId),
        notInArray(contacts.username, ['', ...usernames]),
        notInArray(contacts.id, asking),
      ),
    )
  for (const { username, remark } of listed) {
    const { tag } = readRemark(remark)
    if (tag)
      await tx
        .update(contacts)
        .set({ username })
        .where(and(eq(contacts.robotId, robotId), eq(contacts.tag, tag)))
  }
  // A room that was being made when the line was lost: from now on the stream tells whether it is there.
  const makingSince = sql`case when ${quns.makingSince} is not null then clock_timestamp() end`
  await tx
    .update(quns)
    .set({ isLookupDue: true, makingSince })
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending')))
}

/** Forgets all `@…` of a robot's people, and what hangs on them: after a new login they are stale. */
export async function forgetUsernames(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await forgetRequests(tx, { robotId })
  await tx.update(contacts).set({ username: null }).where(eq(contacts.robotId, robotId))
}
