import type { WebContext } from '@/lib/http/web-context'
import { countFunnels, type Funnel, listMembers } from '@/lib/membership/list-members'
import type { OperatorRole } from '@/lib/operator/list-operators'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { listQuns } from '@/lib/qun/list-quns'
import { qunLink } from '@/lib/qun/qun-link'
import type { QunStatus, QunView } from '@/lib/qun/qun-view'
import { listRooms } from '@/lib/room/list-rooms'
import type { memberships } from '@/lib/db/schema/membership'

export type QunRow = {
  id: string
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

export type QunMember = {
  id: string
  nickname: string
  isOwner: boolean
  state: (typeof memberships.$inferSelect)['state']
  failure: string
  changedAt: string
}

export type QunDetail = QunRow & {
  url: string
  /** It leads to the code, so viewers do not see it. */
  ownerUrl: string | null
  token: { text: string; expiresAt: string | null; maxUses: number | null; useCount: number; isExpired: boolean } | null
  members: QunMember[]
  /** Rooms that a pending qun can be tied to. */
  rooms: { id: string; name: string }[]
}

/** All quns, newest first. */
export async function readQuns({ db }: WebContext): Promise<QunRow[]> {
  const quns = await listQuns(db)
  const funnels = await countFunnels(db, { qunIds: quns.map(({ id }) => id) })
  return quns.map((qun) => viewQun(qun, funnels.get(qun.id)))
}

/** One qun with its people and links. @throws AppError NOT_FOUND. */
export async function readQun({ db, env }: WebContext, qunId: string, role: OperatorRole): Promise<QunDetail> {
  const qun = await getQunOrThrow(db, { qunId })
  const [funnels, token, members] = await Promise.all([
    countFunnels(db, { qunIds: [qunId] }),
    getJoinToken(db, { qunId }),
    listMembers(db, { qunId }),
  ])
  const rooms = qun.state === 'pending' ? await listRooms(db, { robotId: qun.robotId }) : []
  const links = qunLink(env.PUBLIC_URL, qun)
  return {
    ...viewQun(qun, funnels.get(qunId)),
    url: links.url,
    ownerUrl: role === 'admin' ? links.owner_url : null,
    token: token && {
      text: encodeJoinToken(token.token),
      expiresAt: token.expiresAt?.toISOString() ?? null,
      maxUses: token.maxUses,
      useCount: token.useCount,
      isExpired: token.isExpired,
    },
    members: members.map(({ id, nickname, role: part, state, failure, changedAt }) => {
      return { id, nickname, isOwner: part === 'owner', state, failure, changedAt: changedAt.toISOString() }
    }),
    rooms: rooms.map(({ id, name }) => ({ id, name })),
  }
}

function viewQun(qun: QunView, funnel: Funnel = { opened: 0, added: 0, joined: 0 }): QunRow {
  const { id, name, roomName, status, ownerName, ownerNickname, robotId, memberCount, failure } = qun
  return {
    id,
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
