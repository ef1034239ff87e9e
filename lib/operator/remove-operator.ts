import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { operators } from '../db/schema/operator'
import { getOperatorOrThrow } from './get-operator'
import { keepAnAdmin } from './keep-an-admin'

/** Removes an operator, who is signed out everywhere with it. @throws NOT_FOUND, ILLEGAL_ACTION for the last admin. */
export async function removeOperator(tx: Tx, { operatorId }: { operatorId: string }): Promise<{ email: string }> {
  await keepAnAdmin(tx, { without: operatorId })
  const { email } = await getOperatorOrThrow(tx, { operatorId })
  await tx.delete(operators).where(eq(operators.id, operatorId))
  return { email }
}
