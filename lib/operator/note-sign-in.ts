import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { operators } from '../db/schema/operator'

/** Keeps when an operator signed in last. */
export async function noteSignIn(db: Db, { operatorId }: { operatorId: string }): Promise<void> {
  await db
    .update(operators)
    .set({ lastSignInAt: sql`clock_timestamp()` })
    .where(eq(operators.id, operatorId))
}
