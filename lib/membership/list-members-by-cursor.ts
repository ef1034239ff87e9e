import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { AppError } from '@/lib/errors'
import { matchesMember, type Member, type MemberFilters, selectMembers } from '@/lib/membership/list-members'

/**
 * Lists a qun's memberships by id, after the id `cursor`, so that a person who joins between two calls does not shift the next page.
 * `nextCursor` is null on the last page. @throws INVALID_PARAMETER if `cursor` does not have the form of a membership id.
 */
export async function listMembersByCursor(
  db: Db,
  { cursor, limit, ...filters }: MemberFilters & { cursor?: string | undefined; limit: number },
): Promise<{ rows: Member[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^mbr_\w+$/.test(cursor))
    throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  const rows = await selectMembers(db)
    .where(and(matchesMember(filters), cursor === undefined ? undefined : gt(memberships.id, cursor)))
    .orderBy(asc(memberships.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** Returns a membership of a qun; null: there is none. */
export async function findMember(
  db: Db,
  { qunId, membershipId }: { qunId: string; membershipId: string },
): Promise<Member | null> {
  const isIt = and(eq(memberships.id, membershipId), eq(memberships.qunId, qunId))
  const [member] = await selectMembers(db).where(isIt)
  return member ?? null
}
