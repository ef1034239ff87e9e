import { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { countFunnels, type Funnel } from '@/lib/membership/count-funnels'
import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import type { Paged } from '@/lib/paging'
import { listQunPage, qunSorts } from '@/lib/qun/list-quns'
import { type QunStatus, qunStatuses, type QunView, shownName } from '@/lib/qun/qun-view'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'

export type QunRow = {
  id: string
  number: string
  name: string
  status: QunStatus
  ownerName: string
  /** The nickname of the person who claimed the group; null: not claimed yet, or equal to `ownerName`. */
  otherOwner: string | null
  /** Whether the owner was identified by a nickname, which any person can choose. */
  isOwnerByNickname: boolean
  assistant: { robotId: string; name: string }
  memberCount: number
  /** An official customer group of WeCom is behind it. */
  isCustomerGroup: boolean
  failure: Failure
  createdAt: string
  funnel: Funnel
}

export const qunListQuery = listQuery({
  state: z.enum(qunStatuses).optional(),
  robot: z.string().max(64).optional(),
  sort: sortQuery(qunSorts, '-created'),
})

/** Returns a page of groups with their funnels. */
export async function readQuns({ db }: WebContext, query: z.output<typeof qunListQuery>): Promise<Paged<QunRow>> {
  const { state: status, robot: robotId, q: search, sort } = query
  const { rows, total } = await listQunPage(db, { ...rowsOf(query), status, robotId, search, sort })
  const funnels = await countFunnels(db, { qunIds: rows.map(({ id }) => id) })
  return { rows: rows.map((qun) => viewQun(qun, funnels.get(qun.id))), total }
}

export function viewQun(qun: QunView, funnel: Funnel = { opened: 0, added: 0, joined: 0 }): QunRow {
  const { id, number, status, ownerName, ownerNickname, robotId, memberCount } = qun
  return {
    id,
    number,
    name: shownName(qun),
    status,
    ownerName,
    otherOwner: ownerNickname && ownerNickname !== ownerName ? ownerNickname : null,
    isOwnerByNickname: qun.ownerIdentifiedBy === 'nickname',
    assistant: { robotId, name: qun.assistantNickname || qun.assistantUsername },
    memberCount,
    isCustomerGroup: capabilitiesOf[qun.connection].qunRoom === 'take',
    failure: readFailure({ text: qun.failure, reason: qun.failureReason, params: qun.failureParams }),
    createdAt: qun.createdAt.toISOString(),
    funnel,
  }
}
