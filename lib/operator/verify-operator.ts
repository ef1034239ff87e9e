import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators, signInFailures } from '@/lib/db/schema/operator'
import { hashPassword, isPassword } from './hash-password'
import type { OperatorRole } from './list-operators'
import { noteAttempt } from './note-attempt'

export type Verification =
  | { outcome: 'ok'; operator: { id: string; email: string; role: OperatorRole; signInsFrom: Date | null } }
  | { outcome: 'wrong' }
  | { outcome: 'locked'; retryAfterSeconds: number }

let nobodysHash: Promise<string> | undefined

/**
 * Checks an email and a password. Ten wrong ones lock the account, thirty the address, for 15 minutes.
 * An unknown email gets the same answers after the same time as a known one. Spec: decisions D.
 */
export async function verifyOperator(
  db: Db,
  options: { email: string; password: string; peerAddress: string },
): Promise<Verification> {
  const email = options.email.trim().toLowerCase().slice(0, 320)
  const attempt = await noteAttempt(db, { email, peerAddress: options.peerAddress })
  if (attempt.isLocked) return { outcome: 'locked', retryAfterSeconds: attempt.retryAfterSeconds }
  const [operator] = await db.select().from(operators).where(eq(operators.email, email))
  nobodysHash ??= hashPassword('nobody')
  const isRight = await isPassword(options.password, operator?.passwordHash ?? (await nobodysHash))
  if (!operator || !isRight) return { outcome: 'wrong' }
  await db.delete(signInFailures).where(eq(signInFailures.email, email))
  const { id, role, signInsFrom } = operator
  return { outcome: 'ok', operator: { id, email: operator.email, role, signInsFrom } }
}
