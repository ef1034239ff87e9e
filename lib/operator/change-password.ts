import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators, signInFailures } from '@/lib/db/schema/operator'
import { AppError } from '@/lib/errors'
import { hashPassword } from './hash-password'

/** Gives an operator a new password, ends all sign-ins so far, and opens a locked account. @throws NOT_FOUND when nobody has that email. */
export async function changePassword(
  tx: Db,
  options: { email: string; password: string },
): Promise<{ operatorId: string }> {
  const email = options.email.trim().toLowerCase()
  const passwordHash = await hashPassword(options.password)
  const [changed] = await tx
    .update(operators)
    .set({ passwordHash, signInsFrom: sql`clock_timestamp()` })
    .where(eq(operators.email, email))
    .returning({ operatorId: operators.id })
  if (!changed) throw new AppError('NOT_FOUND', '操作员不存在', { parameter: 'email' })
  await tx.delete(signInFailures).where(eq(signInFailures.email, email))
  return changed
}
