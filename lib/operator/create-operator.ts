import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { hashPassword } from './hash-password'
import type { OperatorRole } from './list-operators'

/** Creates an operator; the email is kept in lower case. @throws INVALID_PARAMETER when the email is taken. */
export async function createOperator(
  db: Db,
  options: { email: string; password: string; role?: OperatorRole | undefined },
): Promise<{ operatorId: string }> {
  const operatorId = newId('operator')
  const created = await db
    .insert(operators)
    .values({
      id: operatorId,
      email: options.email.trim().toLowerCase(),
      passwordHash: await hashPassword(options.password),
      role: options.role,
    })
    .onConflictDoNothing()
    .returning({ id: operators.id })
  if (created.length === 0) throw new AppError('INVALID_PARAMETER', '该邮箱已有操作员', { parameter: 'email' })
  return { operatorId }
}
