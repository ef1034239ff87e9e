import { and, asc, count, eq, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { likePattern } from '@/lib/db/like-pattern'
import { addressBook, friendRequests } from '@/lib/db/schema/address-book'
import { AppError } from '@/lib/errors'
import { parseRemark } from '@/lib/membership/contact-tag'

/** `remark`: without the tag that the robot adds. */
export type ContactRow = { username: string; nickname: string; remark: string }

/**
 * Lists the address book of a robot in the order of the shown names, after the contact `cursor`; `search` is part of the nickname or
 * remark, or the complete id. `nextCursor` is null on the last page. @throws INVALID_PARAMETER if `cursor` is not a contact.
 */
export async function listContacts(
  db: Db,
  {
    robotId,
    search,
    cursor,
    limit,
  }: { robotId: string; search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: ContactRow[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : await findContact(db, { robotId, username: cursor })
  if (cursor !== undefined && !after)
    throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  const place = sql`(${addressBook.shownName}, ${addressBook.username})`
  const rows = await db
    .select()
    .from(addressBook)
    .where(
      and(
        eq(addressBook.robotId, robotId),
        after ? sql`${place} > (${after.shownName}, ${after.username})` : undefined,
        search ? matchesContact(search) : undefined,
      ),
    )
    .orderBy(asc(addressBook.shownName), asc(addressBook.username))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page.map(toContact), nextCursor: rows.length > limit ? (page.at(-1)?.username ?? null) : null }
}

/** Returns the whole address book with the remarks as WeChat has them, for a search by exact name. */
export async function listAllContacts(db: Db, { robotId }: { robotId: string }): Promise<ContactRow[]> {
  const { username, nickname, remark } = addressBook
  return db.select({ username, nickname, remark }).from(addressBook).where(eq(addressBook.robotId, robotId))
}

/** Returns a stored contact by WeChat's id. null: no friend of this robot. */
export async function findContact(db: Db, { robotId, username }: { robotId: string; username: string }) {
  const isMeant = and(eq(addressBook.robotId, robotId), eq(addressBook.username, username))
  const [row] = await db.select().from(addressBook).where(isMeant)
  return row ?? null
}

/** Counts the contacts of a robot and its pending friend requests. */
export async function countContacts(
  db: Db,
  { robotId }: { robotId: string },
): Promise<{ contactCount: number; pendingCount: number }> {
  const isPending = and(eq(friendRequests.robotId, robotId), eq(friendRequests.state, 'pending'))
  const [contacts, pending] = await Promise.all([
    db.select({ count: count() }).from(addressBook).where(eq(addressBook.robotId, robotId)),
    db.select({ count: count() }).from(friendRequests).where(isPending),
  ])
  return { contactCount: contacts[0]?.count ?? 0, pendingCount: pending[0]?.count ?? 0 }
}

function matchesContact(search: string) {
  const pattern = likePattern(search)
  return or(
    sql`${addressBook.shownName} ilike ${pattern}`,
    sql`${addressBook.nickname} ilike ${pattern}`,
    eq(addressBook.username, search),
  )
}

export function toContact({ username, nickname, remark }: ContactRow): ContactRow {
  return { username, nickname, remark: parseRemark(remark).name }
}
