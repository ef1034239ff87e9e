import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { hashPassword } from '@/lib/operator/hash-password'
import type { OperatorRole } from '@/lib/operator/list-operators'
import { randomBytes } from 'node:crypto'

/** Creates an operator; the email is stored in lower case. @throws INVALID_PARAMETER when the email is taken. */
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
      passwordHash: await hashPassword(options.password, { isUrgent: true }),
      role: options.role,
    })
    .onConflictDoNothing()
    .returning({ id: operators.id })
  if (created.length === 0) throw new AppError('INVALID_PARAMETER', { reason: 'email_taken', parameter: 'email' })
  return { operatorId }
}

/** Creates an admin if there is no operator yet. */
export async function ensureFirstOperator(
  db: Db,
  options: { email: string; password: string },
): Promise<{ isCreated: boolean }> {
  const [existing] = await db.select({ id: operators.id }).from(operators).limit(1)
  if (existing) return { isCreated: false }
  await createOperator(db, { ...options, role: 'admin' })
  return { isCreated: true }
}

/** Generates a password of 20 characters (120 bits). */
export function newPassword(): string {
  return randomBytes(15).toString('base64url')
}
