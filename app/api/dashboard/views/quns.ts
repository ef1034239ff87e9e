import { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { type Arrivals, countArrivals } from '@/lib/membership/count-arrivals'
import { countFunnels, type Funnel } from '@/lib/membership/count-funnels'
import type { OperatorRole } from '@/lib/operator/list-operators'
import type { Paged } from '@/lib/paging'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { type JoinToken, listJoinTokens } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { listQunPage, qunSorts } from '@/lib/qun/list-qun-page'
import { qunLink } from '@/lib/qun/qun-link'
import { type QunStatus, qunStatuses, type QunView } from '@/lib/qun/qun-view'
import { listQuery, rowsOf, sortQuery } from '../list-query'

export type QunRow = {
  id: string
  number: string
  name: string
  status: QunStatus
  ownerName: string
  /** Who brought the code, where that is another name; null = nobody yet, or the same. */
  otherOwner: string | null
  assistant: { robotId: string; name: string }
  memberCount: number
  failure: string
  createdAt: string
  funnel: Funnel
}

export type TokenView = {
  id: string
  text: string
  createdAt: string
  expiresAt: string | null
  maxUses: number | null
  useCount: number
  /** replaced: another took its place. */
  state: 'active' | 'expired' | 'used_up' | 'replaced'
}

export type QunDetail = QunRow & {
  roomId: string | null
  url: string
  /** It leads to the code, so viewers do not see it. */
  ownerUrl: string | null
  /** The latest, the one of now first. */
  tokens: TokenView[]
}

const shownTokens = 10
const shownDays = 30

export const qunListQuery = listQuery({
  state: z.enum(qunStatuses).optional(),
  robot: z.string().max(64).optional(),
  sort: sortQuery(qunSorts, '-created'),
})

/** A page of quns with their funnels. */
export async function readQuns({ db }: WebContext, asked: z.output<typeof qunListQuery>): Promise<Paged<QunRow>> {
  const { state: status, robot: robotId, q: search, sort } = asked
  const { rows, total } = await listQunPage(db, { ...rowsOf(asked), status, robotId, search, sort })
  const funnels = await countFunnels(db, { qunIds: rows.map(({ id }) => id) })
  return { rows: rows.map((qun) => viewQun(qun, funnels.get(qun.id))), total }
}

/** One qun with its links and tokens. @throws AppError NOT_FOUND. */
export async function readQun({ db, env }: WebContext, qunId: string, role: OperatorRole): Promise<QunDetail> {
  const qun = await getQunOrThrow(db, { qunId })
  const [funnels, tokens] = await Promise.all([
    countFunnels(db, { qunIds: [qunId] }),
    listJoinTokens(db, { qunId, limit: shownTokens }),
  ])
  const links = qunLink(env.PUBLIC_URL, qun)
  return {
    ...viewQun(qun, funnels.get(qunId)),
    roomId: qun.roomId,
    url: links.url,
    ownerUrl: role === 'admin' ? links.owner_url : null,
    tokens: tokens.map(viewToken),
  }
}

/** How many opened a qun's page and joined it, by day. @throws AppError NOT_FOUND. */
export async function readArrivals({ db }: WebContext, qunId: string, timeZone: string): Promise<Arrivals[]> {
  await getQunOrThrow(db, { qunId })
  return countArrivals(db, { qunId, days: shownDays, timeZone })
}

function viewToken({ id, token, createdAt, expiresAt, maxUses, useCount, ...is }: JoinToken): TokenView {
  return {
    id,
    text: encodeJoinToken(token),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    maxUses,
    useCount,
    state: is.replacedAt ? 'replaced' : is.isExpired ? 'expired' : is.isUsedUp ? 'used_up' : 'active',
  }
}

function viewQun(qun: QunView, funnel: Funnel = { opened: 0, added: 0, joined: 0 }): QunRow {
  const { id, number, name, roomName, status, ownerName, ownerNickname, robotId, memberCount, failure } = qun
  return {
    id,
    number,
    name: roomName || name,
    status,
    ownerName,
    otherOwner: ownerNickname && ownerNickname !== ownerName ? ownerNickname : null,
    assistant: { robotId, name: qun.assistantNickname || qun.assistantUsername },
    memberCount,
    failure,
    createdAt: qun.createdAt.toISOString(),
    funnel,
  }
}
