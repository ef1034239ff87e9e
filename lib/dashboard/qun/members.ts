import { z } from 'zod'
import { membershipState } from '@/lib/db/schema/membership'
import type { WebContext } from '@/lib/http/web-context'
import type { Identification } from '@/lib/membership/request-membership'
import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import { listMemberPage, memberSorts, type MemberState } from '@/lib/membership/list-members'
import type { Paged } from '@/lib/paging'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'

export type MemberView = {
  id: string
  nickname: string
  isOwner: boolean
  state: MemberState
  /** null: identified before the method was recorded. */
  identifiedBy: Identification | null
  failure: Failure
  joinedAt: string | null
  changedAt: string
}

export const memberListQuery = listQuery({
  state: z.enum(membershipState.enumValues).optional(),
  sort: sortQuery(memberSorts, '-changed'),
})

/** Returns a page of a group's members. @throws AppError NOT_FOUND. */
export async function readMembers(
  { db }: WebContext,
  qunId: string,
  query: z.output<typeof memberListQuery>,
): Promise<Paged<MemberView>> {
  await getQunOrThrow(db, { qunId })
  const { state, q: search, sort } = query
  const { rows, total } = await listMemberPage(db, { ...rowsOf(query), qunId, state, search, sort })
  const members = rows.map(({ id, nickname, role, identifiedBy, joinedAt, changedAt, state: reached, ...stored }) => {
    const times = { joinedAt: joinedAt?.toISOString() ?? null, changedAt: changedAt.toISOString() }
    const failure = readFailure({ text: stored.failure, reason: stored.failureReason, params: stored.failureParams })
    return { id, nickname, isOwner: role === 'owner', identifiedBy, state: reached, failure, ...times }
  })
  return { rows: members, total }
}
