import type { WebContext } from '@/lib/http/web-context'
import { type DailyFunnel, countDailyFunnel, countFunnels } from '@/lib/membership/count-funnels'
import type { OperatorRole } from '@/lib/operator/list-operators'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { type JoinToken, listJoinTokens } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { qunLink } from '@/lib/qun/qun-link'
import { type Readiness, readReadiness } from '@/lib/qun/read-readiness'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { type QunRow, viewQun } from '@/lib/dashboard/qun/list'

export type JoinTokenView = {
  id: string
  text: string
  createdAt: string
  expiresAt: string | null
  maxUses: number | null
  useCount: number
  /** replaced: a newer token replaced it. */
  state: 'active' | 'expired' | 'used_up' | 'replaced'
}

export type QunDetail = QunRow & {
  roomId: string | null
  /** The connector of the company whose customer groups serve it. null: another kind of room. */
  connectorId: string | null
  url: string
  /** Leads to the contact QR code; null: the operator is a viewer. */
  ownerUrl: string | null
  readiness: Readiness
  /** The latest tokens, the current one first. */
  tokens: JoinTokenView[]
}

const maxTokens = 10

const chartDays = 30

/** Returns one group with its links and join tokens. @throws AppError NOT_FOUND. */
export async function readQun({ db, env, sealer }: WebContext, qunId: string, role: OperatorRole): Promise<QunDetail> {
  const qun = await getQunOrThrow(db, { qunId })
  const [funnels, tokens, readiness, robot] = await Promise.all([
    countFunnels(db, { qunIds: [qunId] }),
    listJoinTokens(db, { qunId, limit: maxTokens }),
    readReadiness(db, qun),
    // A deleted robot leaves its groups.
    getAnyRobotOrThrow(db, qun).catch(() => null),
  ])
  const links = qunLink({ publicUrl: env.PUBLIC_URL, sealer }, qun)
  return {
    ...viewQun(qun, funnels.get(qunId)),
    roomId: qun.roomId,
    connectorId: robot?.connection === 'wecom_group' ? robot.connectorId : null,
    url: links.url,
    ownerUrl: role === 'admin' ? links.owner_url : null,
    readiness,
    tokens: tokens.map(viewToken),
  }
}

/** Returns how many people opened a group's page and joined it, per day of the time zone. @throws AppError NOT_FOUND. */
export async function readArrivals({ db }: WebContext, qunId: string, timeZone: string): Promise<DailyFunnel[]> {
  await getQunOrThrow(db, { qunId })
  return countDailyFunnel(db, { qunId, days: chartDays, timeZone })
}

function viewToken({ id, token, createdAt, expiresAt, maxUses, useCount, ...is }: JoinToken): JoinTokenView {
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
