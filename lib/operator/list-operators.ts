import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'

export type OperatorView = Omit<typeof operators.$inferSelect, 'passwordHash' | 'signInsFrom'>
export type OperatorRole = OperatorView['role']

/** Lists the people of the dashboard, first come first. */
export async function listOperators(db: Db): Promise<OperatorView[]> {
  return db
    .select({ id: operators.id, email: operators.email, role: operators.role, createdAt: operators.createdAt })
    .from(operators)
    .orderBy(operators.createdAt)
}
