import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import { createOperator } from './create-operator'

/** Creates an admin if there is no operator yet, and says whether it did. */
export async function ensureFirstOperator(
  db: Db,
  options: { email: string; password: string },
): Promise<{ isCreated: boolean }> {
  const [anybody] = await db.select({ id: operators.id }).from(operators).limit(1)
  if (anybody) return { isCreated: false }
  await createOperator(db, { ...options, role: 'admin' })
  return { isCreated: true }
}
