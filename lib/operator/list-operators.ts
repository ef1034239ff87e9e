import { eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import { lockedUntil } from '@/lib/operator/record-sign-in-failure'
import { AppError } from '@/lib/errors'

export type OperatorView = Omit<typeof operators.$inferSelect, 'passwordHash' | 'signInsFrom'> & {
  /** End of the lock-out after failed sign-ins; null: not locked. */
  lockedUntil: Date | null
}
export type OperatorRole = OperatorView['role']

/** Lists the operators, oldest first. */
export async function listOperators(db: Db): Promise<OperatorView[]> {
  return db
    .select({
      id: operators.id,
      email: operators.email,
      role: operators.role,
      lastSignInAt: operators.lastSignInAt,
      lockedUntil: lockedUntil(sql`${operators.email}`).mapWith(operators.createdAt),
      createdAt: operators.createdAt,
    })
    .from(operators)
    .orderBy(operators.createdAt)
}

/** Returns the row of an operator. @throws NOT_FOUND */
export async function getOperatorOrThrow(
  db: Db,
  { operatorId }: { operatorId: string },
): Promise<typeof operators.$inferSelect> {
  const [operator] = await db.select().from(operators).where(eq(operators.id, operatorId))
  if (!operator) throw new AppError('NOT_FOUND', { reason: 'operator_not_found' })
  return operator
}

/** Returns the row of the operator with an email address. @throws NOT_FOUND */
export async function getOperatorByEmailOrThrow(
  db: Db,
  { email }: { email: string },
): Promise<typeof operators.$inferSelect> {
  const [operator] = await db.select().from(operators).where(eq(operators.email, email.trim().toLowerCase()))
  if (!operator) throw new AppError('NOT_FOUND', { reason: 'operator_not_found', parameter: 'operator' })
  return operator
}

/** Returns the email addresses of operators by id; removed operators are left out. */
export async function namesOfOperators(
  db: Db,
  { operatorIds }: { operatorIds: string[] },
): Promise<Map<string, string>> {
  if (operatorIds.length === 0) return new Map()
  const rows = await db
    .select({ id: operators.id, email: operators.email })
    .from(operators)
    .where(inArray(operators.id, operatorIds))
  return new Map(rows.map(({ id, email }) => [id, email]))
}
