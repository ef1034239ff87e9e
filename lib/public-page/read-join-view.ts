import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { WebContext } from '@/lib/http/web-context'
import { listRecentJoins, type RecentJoin } from '@/lib/membership/list-members'
import { getQunByNumber } from '@/lib/qun/get-qun'
import { hasJoinQr } from '@/lib/qun/join-way'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { isOwnerKey } from '@/lib/qun/owner-key'
import { parseQunNumber } from '@/lib/qun/qun-link'
import { type QunStatus, shownName } from '@/lib/qun/qun-view'
import { getContactQr } from '@/lib/robot/contact-qr'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

/** What a join page shows; the group code only with the owner's key. */
export type JoinView = {
  qunId: string
  id: string
  url: string
  name: string
  ownerName: string
  memberCount: number
  status: QunStatus
  /** Why the token is not valid although the qun is open; null: it is valid. */
  tokenProblem: 'expired' | 'used_up' | null
  token: string
  assistant: { nickname: string; username: string; isOnline: boolean; hasContactQr: boolean }
  recentJoins: RecentJoin[]
  /** `shown`: the official QR code, the only way to join; `none`: the assistant adds people. */
  joinQr: 'none' | 'awaited' | 'shown'
  /** Base64, for the owner until the room exists; null: not shown. */
  groupCode: string | null
  isOwner: boolean
}

/** Reads the data of a join page; null: unknown link. */
export async function readJoinView(
  { db, env, sealer }: WebContext,
  { id, key }: { id: string; key: string | null },
): Promise<JoinView | null> {
  const number = parseQunNumber(id)
  const qun = number === null ? null : await getQunByNumber(db, { number })
  if (!qun) return null
  const robot = await getAnyRobotOrThrow(db, { robotId: qun.robotId }).catch(() => null)
  if (!robot) return null
  const token = await getJoinToken(db, { qunId: qun.id })
  const isOwner = key !== null && isOwnerKey(sealer, qun, key)
  const isPending = qun.status === 'pending_owner' || qun.status === 'pending_room'
  const { ownerName, memberCount, status } = qun
  const isByQr = capabilitiesOf[robot.connection].qunRoom === 'take'
  const joinQr = !isByQr ? 'none' : (await hasJoinQr(db, { qunId: qun.id })) ? 'shown' : 'awaited'
  // WeCom does not say which visitor scanned the official code.
  const hasRecentJoins = !isByQr && (status === 'open' || status === 'full')
  return {
    qunId: qun.id,
    id,
    url: `${env.PUBLIC_URL}/weiqun/${id}`,
    name: shownName(qun),
    ownerName,
    memberCount,
    status,
    tokenProblem: token?.isExpired ? 'expired' : token?.isUsedUp ? 'used_up' : null,
    token: token ? encodeJoinToken(token.token) : '',
    assistant: {
      nickname: robot.nickname || robot.username,
      username: robot.username,
      isOnline: robot.status === 'online',
      hasContactQr: (await getContactQr(db, { robotId: robot.id })) !== null,
    },
    recentJoins: hasRecentJoins ? await listRecentJoins(db, { qunId: qun.id }) : [],
    joinQr,
    groupCode: isOwner && isPending && !isByQr ? Buffer.from(qun.groupCode).toString('base64') : null,
    isOwner,
  }
}

/** Returns a value that changes when an open page has to reload. */
export function revisionOf({ status, tokenProblem, token, assistant, memberCount, joinQr }: JoinView): string {
  return [joinQr, status, tokenProblem ?? '', token.slice(-4), assistant.isOnline, memberCount > 0].join(' ')
}
