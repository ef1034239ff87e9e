import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { operators } from '../db/schema/operator'
import { AppError } from '../errors'

/** Reads one operator's row. @throws NOT_FOUND */
export async function getOperatorOrThrow(
  db: Db,
  { operatorId }: { operatorId: string },
): Promise<typeof operators.$inferSelect> {
  const [operator] = await db.select().from(operators).where(eq(operators.id, operatorId))
  if (!operator) throw new AppError('NOT_FOUND', '操作员不存在')
  return operator
}
