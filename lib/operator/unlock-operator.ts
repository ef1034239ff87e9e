import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { signInFailures } from '../db/schema/operator'
import { getOperatorOrThrow } from './get-operator'

/** Opens an account that too many wrong passwords have locked; an address that is locked stays so. @throws NOT_FOUND */
export async function unlockOperator(tx: Tx, { operatorId }: { operatorId: string }): Promise<{ email: string }> {
  const { email } = await getOperatorOrThrow(tx, { operatorId })
  await tx.delete(signInFailures).where(eq(signInFailures.email, email))
  return { email }
}
