import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { operators } from '../db/schema/operator'
import { getOperatorOrThrow } from './get-operator'
import { keepAnAdmin } from './keep-an-admin'
import type { OperatorRole } from './list-operators'

/** Makes an operator an admin or a viewer, from their next request on. @throws NOT_FOUND, ILLEGAL_ACTION for the last admin. */
export async function changeRole(
  tx: Tx,
  { operatorId, role }: { operatorId: string; role: OperatorRole },
): Promise<{ email: string }> {
  if (role !== 'admin') await keepAnAdmin(tx, { without: operatorId })
  const { email } = await getOperatorOrThrow(tx, { operatorId })
  await tx.update(operators).set({ role }).where(eq(operators.id, operatorId))
  return { email }
}
