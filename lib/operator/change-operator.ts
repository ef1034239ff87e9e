import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { conversations } from '@/lib/db/schema/conversation'
import { operators, signInFailures } from '@/lib/db/schema/operator'
import { AppError } from '@/lib/errors'
import { hashPassword } from '@/lib/operator/hash-password'
import { endSessionsOf } from '@/lib/operator/operator-session'
import { getOperatorOrThrow, type OperatorRole } from '@/lib/operator/list-operators'
import { lockedUntil } from '@/lib/operator/record-sign-in-failure'

/** Sets a new password, ends all sessions of the operator and unlocks the account. @throws NOT_FOUND when no operator has that email. */
export async function changePassword(
  tx: Db,
  options: { email: string; password: string },
): Promise<{ operatorId: string; endedSessions: number }> {
  const email = options.email.trim().toLowerCase()
  const passwordHash = await hashPassword(options.password, { isUrgent: true })
  const [changed] = await tx
    .update(operators)
    .set({ passwordHash, signInsFrom: sql`clock_timestamp()` })
    .where(eq(operators.email, email))
    .returning({ operatorId: operators.id })
  if (!changed) throw new AppError('NOT_FOUND', { reason: 'operator_not_found', parameter: 'email' })
  await tx.delete(signInFailures).where(eq(signInFailures.email, email))
  return { ...changed, endedSessions: await endSessionsOf(tx, changed) }
}

/**
 * Changes the role of an operator and ends their sessions. Does nothing if the role is the same.
 * @throws NOT_FOUND; ILLEGAL_ACTION for the last admin.
 */
export async function changeRole(
  tx: Tx,
  { operatorId, role }: { operatorId: string; role: OperatorRole },
): Promise<{ email: string; before: OperatorRole; endedSessions: number }> {
  if (role !== 'admin') await requireAnotherAdmin(tx, { without: operatorId })
  const { email, role: before } = await getOperatorOrThrow(tx, { operatorId })
  if (role === before) return { email, before, endedSessions: 0 }
  await tx.update(operators).set({ role }).where(eq(operators.id, operatorId))
  return { email, before, endedSessions: await endSessionsOf(tx, { operatorId }) }
}

/** Removes an operator with all their sessions. @throws NOT_FOUND; ILLEGAL_ACTION for the last admin. */
export async function removeOperator(tx: Tx, { operatorId }: { operatorId: string }): Promise<{ email: string }> {
  await requireAnotherAdmin(tx, { without: operatorId })
  const { email } = await getOperatorOrThrow(tx, { operatorId })
  // An assigned conversation without an operator would appear in no queue.
  await tx
    .update(conversations)
    .set({ state: 'waiting', assigneeId: null, waitingSince: sql`clock_timestamp()` })
    .where(eq(conversations.assigneeId, operatorId))
  await tx.delete(operators).where(eq(operators.id, operatorId))
  return { email }
}

/** Unlocks an account that failed sign-ins have locked; a locked address stays locked. @throws NOT_FOUND */
export async function unlockOperator(
  tx: Tx,
  { operatorId }: { operatorId: string },
): Promise<{ email: string; wasLocked: boolean }> {
  const { email } = await getOperatorOrThrow(tx, { operatorId })
  const isOperator = eq(operators.id, operatorId)
  const [locked] = await tx
    .select({ until: lockedUntil(sql`${email}`) })
    .from(operators)
    .where(isOperator)
  await tx.delete(signInFailures).where(eq(signInFailures.email, email))
  return { email, wasLocked: Boolean(locked?.until) }
}

/**
 * Ensures that another operator is an admin until the transaction ends. Row locks serialize two admins who remove each other.
 * @throws ILLEGAL_ACTION when there is no other admin.
 */
async function requireAnotherAdmin(tx: Tx, { without }: { without: string }): Promise<void> {
  const admins = await tx.select({ id: operators.id }).from(operators).where(eq(operators.role, 'admin')).for('update')
  if (!admins.some(({ id }) => id !== without)) throw new AppError('ILLEGAL_ACTION', { reason: 'last_admin' })
}
