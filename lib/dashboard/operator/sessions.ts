import type { Operator } from '@/lib/auth/get-operator'
import type { WebContext } from '@/lib/http/web-context'
import { listSessions, type OperatorSession } from '@/lib/operator/operator-session'

export type SessionView = Pick<OperatorSession, 'id' | 'email' | 'userAgent' | 'peerAddress'> & {
  /** Whether this session sent the request. */
  isCurrent: boolean
  createdAt: string
  lastSeenAt: string
}

/** Lists the sessions of the operator, or of all operators for an administrator, last used first. */
export async function readSessions({ db, env }: WebContext, operator: Operator): Promise<SessionView[]> {
  const sessions = await listSessions(db, { operatorId: operator.role === 'admin' ? null : operator.id, limits: env })
  return sessions.map(({ id, email, userAgent, peerAddress, createdAt, lastSeenAt }) => ({
    id,
    email,
    userAgent,
    peerAddress,
    isCurrent: id === operator.sessionId,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}
