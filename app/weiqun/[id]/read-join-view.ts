import { timingSafeEqual } from 'node:crypto'
import type { WebContext } from '@/lib/http/web-context'
import { listNews, type QunNews } from '@/lib/membership/list-news'
import { getQunByNumber } from '@/lib/qun/get-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { qunLink } from '@/lib/qun/qun-link'
import { readQunNumber } from '@/lib/qun/qun-number'
import type { QunStatus } from '@/lib/qun/qun-view'
import { getAssistantCode } from '@/lib/robot/assistant-code'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

/** What anybody with the link may see; the code only with the owner's key. */
export type JoinView = {
  qunId: string
  id: string
  url: string
  name: string
  ownerName: string
  memberCount: number
  status: QunStatus
  /** Why the token opens nothing although the qun is open; null = it does. */
  tokenFlaw: 'expired' | 'used_up' | null
  token: string
  assistant: { nickname: string; username: string; isOnline: boolean; hasCode: boolean }
  news: QunNews[]
  /** Shown to the owner, until the room is there; null to everybody else. */
  code: string | null
  isOwner: boolean
}

/** Reads the page behind a link; null for a link nobody was given. */
export async function readJoinView(
  { db, env }: WebContext,
  { id, key }: { id: string; key: string | null },
): Promise<JoinView | null> {
  const number = readQunNumber(id)
  const qun = number === null ? null : await getQunByNumber(db, { number })
  if (!qun) return null
  const robot = await getAnyRobotOrThrow(db, { robotId: qun.robotId }).catch(() => null)
  if (!robot) return null
  const token = await getJoinToken(db, { qunId: qun.id })
  const isOwner = key !== null && isSame(key, qun.ownerKey)
  const { name, ownerName, memberCount, status } = qun
  return {
    qunId: qun.id,
    id,
    url: qunLink(env.PUBLIC_URL, qun).url,
    name: qun.roomName || name,
    ownerName,
    memberCount,
    status,
    tokenFlaw: token?.isExpired ? 'expired' : token?.isUsedUp ? 'used_up' : null,
    token: token ? encodeJoinToken(token.token) : '',
    assistant: {
      nickname: robot.nickname || robot.username,
      username: robot.username,
      isOnline: robot.status === 'online',
      hasCode: (await getAssistantCode(db, { robotId: robot.id })) !== null,
    },
    news: status === 'open' || status === 'full' ? await listNews(db, { qunId: qun.id }) : [],
    code: isOwner && status === 'pending_owner' ? Buffer.from(qun.code).toString('base64') : null,
    isOwner,
  }
}

/** What makes the page another one, so that whoever looks at it gets it anew. */
export function revisionOf({ status, tokenFlaw, token, assistant, memberCount }: JoinView): string {
  return [status, tokenFlaw ?? '', token.slice(-4), assistant.isOnline, memberCount > 0].join(' ')
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
