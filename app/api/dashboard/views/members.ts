import { z } from 'zod'
import { membershipState } from '@/lib/db/schema/membership'
import type { WebContext } from '@/lib/http/web-context'
import { listMemberPage, memberSorts, type MemberState } from '@/lib/membership/list-member-page'
import type { Paged } from '@/lib/paging'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { listQuery, rowsOf, sortQuery } from '../list-query'

export type MemberView = {
  id: string
  nickname: string
  isOwner: boolean
  state: MemberState
  failure: string
  joinedAt: string | null
  changedAt: string
}

export const memberListQuery = listQuery({
  state: z.enum(membershipState.enumValues).optional(),
  sort: sortQuery(memberSorts, '-changed'),
})

/** A page of a qun's people. @throws AppError NOT_FOUND. */
export async function readMembers(
  { db }: WebContext,
  qunId: string,
  asked: z.output<typeof memberListQuery>,
): Promise<Paged<MemberView>> {
  await getQunOrThrow(db, { qunId })
  const { state, q: search, sort } = asked
  const { rows, total } = await listMemberPage(db, { ...rowsOf(asked), qunId, state, search, sort })
  const members = rows.map(({ id, nickname, role, failure, joinedAt, changedAt, state: reached }) => {
    const times = { joinedAt: joinedAt?.toISOString() ?? null, changedAt: changedAt.toISOString() }
    return { id, nickname, isOwner: role === 'owner', state: reached, failure, ...times }
  })
  return { rows: members, total }
}
