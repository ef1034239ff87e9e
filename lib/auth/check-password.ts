import { verifySignIn } from '@/lib/auth/verify-sign-in'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getOperatorOrThrow } from '@/lib/operator/list-operators'
import type { SignInAttempt } from '@/lib/operator/record-sign-in-failure'

/**
 * Checks the current password of an operator; a wrong one counts as a failed sign-in.
 * @throws NOT_FOUND; INVALID_PARAMETER for `currentPassword`; RATE_LIMITED while the account or address is locked. Spec: D1 (sign-in and sessions).
 */
export async function checkPassword(
  db: Db,
  {
    operatorId,
    currentPassword,
    ...from
  }: Omit<SignInAttempt, 'email'> & { operatorId: string; currentPassword: string },
): Promise<{ email: string }> {
  const { email } = await getOperatorOrThrow(db, { operatorId })
  const { outcome } = await verifySignIn(db, { email, password: currentPassword, ...from })
  if (outcome === 'locked') throw new AppError('RATE_LIMITED', { reason: 'password_locked' })
  if (outcome === 'wrong')
    throw new AppError('INVALID_PARAMETER', { reason: 'password_wrong', parameter: 'currentPassword' })
  return { email }
}
