import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { modelUsage } from '@/lib/db/schema/reply'

const thisMonth = sql<string>`date_trunc('month', clock_timestamp() at time zone 'UTC')::date`

/** `promptTokens`: tokens of questions and embeddings; `tokenCount`: all tokens. */
export type ModelUsage = { requestCount: number; promptTokens: number; answerTokens: number; tokenCount: number }

/** Returns an application's use of the model in this calendar month (UTC). */
export async function readModelUsage(db: Db, { applicationId }: { applicationId: string }): Promise<ModelUsage> {
  const [row] = await db
    .select()
    .from(modelUsage)
    .where(and(eq(modelUsage.applicationId, applicationId), eq(modelUsage.month, thisMonth)))
  const { requestCount, promptTokens, answerTokens } = row ?? { requestCount: 0, promptTokens: 0, answerTokens: 0 }
  return { requestCount, promptTokens, answerTokens, tokenCount: promptTokens + answerTokens }
}

/** Why no request is sent, for the operator. */
export const budgetUsedUp = "This month's tokens are used up."

/** Returns whether an application may use its model in this month; `modelMonthlyTokens` 0: without a limit. */
export async function hasBudget(
  db: Db,
  { applicationId, modelMonthlyTokens }: { applicationId: string; modelMonthlyTokens: number },
): Promise<boolean> {
  if (modelMonthlyTokens === 0) return true
  return (await readModelUsage(db, { applicationId })).tokenCount < modelMonthlyTokens
}

/** Adds a request to the use of this month. */
export async function recordModelUsage(
  db: Db,
  { applicationId, promptTokens, answerTokens }: { applicationId: string; promptTokens: number; answerTokens: number },
): Promise<void> {
  await db
    .insert(modelUsage)
    .values({ applicationId, month: thisMonth, requestCount: 1, promptTokens, answerTokens })
    .onConflictDoUpdate({
      target: [modelUsage.applicationId, modelUsage.month],
      set: {
        requestCount: sql`${modelUsage.requestCount} + 1`,
        promptTokens: sql`${modelUsage.promptTokens} + ${promptTokens}`,
        answerTokens: sql`${modelUsage.answerTokens} + ${answerTokens}`,
      },
    })
}
