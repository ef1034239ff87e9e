import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { operators } from '../db/schema/operator'
import { AppError } from '../errors'

/**
 * Makes sure that somebody but this operator is an admin, until the transaction ends.
 * Two who remove each other at once wait for one another here. @throws ILLEGAL_ACTION when nobody else is.
 */
export async function keepAnAdmin(tx: Tx, { without }: { without: string }): Promise<void> {
  const admins = await tx.select({ id: operators.id }).from(operators).where(eq(operators.role, 'admin')).for('update')
  if (!admins.some(({ id }) => id !== without)) throw new AppError('ILLEGAL_ACTION', '至少要保留一名管理员')
}
