import { recordAudit } from '@/lib/audit/record-audit'
import type { Db } from '@/lib/db/client'
import {
  deleteExpiredSessions,
  endSessionBySecret,
  openSession,
  type SessionLimits,
} from '@/lib/operator/operator-session'
import { recordSignIn } from '@/lib/operator/sign-in-origin'

/** Opens a session for an operator whose password was correct, and records its origin and an audit entry. */
export async function signIn(
  db: Db,
  signingIn: { operatorId: string; email: string; deviceId: string; peerAddress: string; userAgent: string } & {
    limits: SessionLimits
  },
): Promise<{ secret: string }> {
  const { operatorId, email, peerAddress } = signingIn
  return db.transaction(async (tx) => {
    await recordSignIn(tx, signingIn)
    await deleteExpiredSessions(tx, signingIn)
    const { secret, sessionId } = await openSession(tx, signingIn)
    const detail = { email, sessionId }
    await recordAudit(tx, {
      actor: `operator:${operatorId}`,
      action: 'operator.sign_in',
      targetId: operatorId,
      detail,
      peerAddress,
    })
    return { secret }
  })
}

/** Ends the session of a secret and records an audit entry. Does nothing if it has already ended. */
export async function signOut(
  db: Db,
  { secret, peerAddress }: { secret: string | undefined; peerAddress: string },
): Promise<void> {
  if (!secret) return
  await db.transaction(async (tx) => {
    const ended = await endSessionBySecret(tx, { secret })
    if (!ended) return
    const { operatorId, email, sessionId } = ended
    await recordAudit(tx, {
      actor: `operator:${operatorId}`,
      action: 'operator.sign_out',
      targetId: operatorId,
      detail: { email, sessionId },
      peerAddress,
    })
  })
}
