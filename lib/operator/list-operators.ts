import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import { lockedUntil } from './note-attempt'

export type OperatorView = Omit<typeof operators.$inferSelect, 'passwordHash' | 'signInsFrom'> & {
  /** Too many wrong passwords: nothing opens the account before; null = it is open. */
  lockedUntil: Date | null
}
export type OperatorRole = OperatorView['role']

/** Lists the people of the dashboard, first come first. */
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
