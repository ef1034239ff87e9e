import type { Db } from '../db/client'
import { AppError } from '../errors'
import { getOperatorOrThrow } from './get-operator'
import { verifyOperator } from './verify-operator'

/**
 * Makes sure that an operator knows the present password; a wrong one counts as a failed sign-in, which locks the account.
 * @throws NOT_FOUND, INVALID_PARAMETER naming `present`, RATE_LIMITED while the account or the address is locked. Spec: decisions D.
 */
export async function checkPassword(
  db: Db,
  { operatorId, present, peerAddress }: { operatorId: string; present: string; peerAddress: string },
): Promise<{ email: string }> {
  const { email } = await getOperatorOrThrow(db, { operatorId })
  const { outcome } = await verifyOperator(db, { email, password: present, peerAddress })
  if (outcome === 'locked') throw new AppError('RATE_LIMITED', '密码错误次数太多，请 15 分钟后再试')
  if (outcome === 'wrong') throw new AppError('INVALID_PARAMETER', '现在的密码不对', { parameter: 'present' })
  return { email }
}
