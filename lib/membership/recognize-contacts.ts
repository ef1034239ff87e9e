import { and, eq, notInArray, sql, inArray } from 'drizzle-orm'
import { failureColumns } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { parseRemark } from '@/lib/membership/contact-tag'

export type ListedContact = { username: string; nickname: string; remark: string }

/**
 * Reidentifies an assistant's contacts in its complete address book by the tag in the remark: their `@…` change with each login (B3).
 * A contact without a match keeps its `@…` only if the address book still lists it. Pending quns then look up their owner by name.
 */
export async function recognizeContacts(
  tx: Tx,
  { robotId, listed }: { robotId: string; listed: readonly ListedContact[] },
): Promise<void> {
  const [robot] = await tx.select({ isAssistant: robots.isAssistant }).from(robots).where(eq(robots.id, robotId))
  if (!robot?.isAssistant) return
  const usernames = listed.map(({ username }) => username)
  // A person whose friend request is pending is not in the address book yet.
  const requesting = tx
    .select({ id: memberships.contactId })
    .from(memberships)
    .where(eq(memberships.state, 'requested'))
  await tx
    .update(contacts)
    .set({ username: null })
    .where(
      and(
        eq(contacts.robotId, robotId),
        notInArray(contacts.username, ['', ...usernames]),
        notInArray(contacts.id, requesting),
      ),
    )
  for (const [tag, username] of usernamesByTag(listed))
    await tx
      .update(contacts)
      .set({ username })
      .where(and(eq(contacts.robotId, robotId), eq(contacts.tag, tag)))
  // If the session was lost while a room was being created, the event stream shows from now on whether it exists.
  const roomRequestedAt = sql`case when ${quns.roomRequestedAt} is not null then clock_timestamp() end`
  await tx
    .update(quns)
    .set({ isLookupDue: true, roomRequestedAt })
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending')))
}

/** Returns the `@…` of each tag. A tag in two remarks, because a person copied one, identifies neither. */
function usernamesByTag(listed: readonly ListedContact[]): Map<string, string> {
  const byTag = new Map<string, string>()
  const copied = new Set<string>()
  for (const { username, remark } of listed) {
    const { tag } = parseRemark(remark)
    if (tag === null) continue
    if (byTag.has(tag)) copied.add(tag)
    byTag.set(tag, username)
  }
  for (const tag of copied) byTag.delete(tag)
  return byTag
}

/** Clears the `@…` of all contacts of a robot and expires requests that depend on them: they are stale after a new login. */
export async function clearUsernames(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await expireRequests(tx, { robotId })
  await tx.update(contacts).set({ username: null }).where(eq(contacts.robotId, robotId))
}

/**
 * Expires a robot's pending friend requests: after a new login neither their `@…` nor their tickets are valid. A new request counts as
 * the first one, also an owner's; until then the expired one does not count as a use of its join token.
 */
async function expireRequests(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const own = tx.select({ id: contacts.id }).from(contacts).where(eq(contacts.robotId, robotId))
  const expired = await tx
    .update(memberships)
    .set({
      state: 'refused',
      friendTicket: null,
      ...failureColumns(sentenceOf('friend_request_void')),
      changedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(memberships.state, 'requested'), inArray(memberships.contactId, own)))
    .returning({ contactId: memberships.contactId })
  const contactIds = expired.map(({ contactId }) => contactId)
  await tx
    .update(quns)
    .set({ ownerId: null, isLookupDue: true })
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending'), inArray(quns.ownerId, contactIds)))
}
