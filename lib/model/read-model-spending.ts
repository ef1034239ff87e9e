import type { Db } from '@/lib/db/client'
import { budgetCost, modelCost, type ModelPrices } from '@/lib/model/model-cost'
import { readModelUsage } from '@/lib/model/model-usage'

export type ModelSpending = {
  requestCount: number
  tokenCount: number
  /** At the current prices; null: a price is unknown. */
  cost: number | null
  /** What the tokens of a month cost at most; null: a price is unknown, or the tokens have no limit. */
  budgetCost: number | null
  /** ISO 4217 code of the costs. */
  currency: string
}

/** Returns an application's use of the model in this calendar month (UTC), and its cost. */
export async function readModelSpending(
  db: Db,
  {
    applicationId,
    settings,
  }: { applicationId: string; settings: ModelPrices & { modelMonthlyTokens: number; modelCurrency: string } },
): Promise<ModelSpending> {
  const usage = await readModelUsage(db, { applicationId })
  return {
    requestCount: usage.requestCount,
    tokenCount: usage.tokenCount,
    cost: modelCost(settings, usage),
    budgetCost: budgetCost(settings),
    currency: settings.modelCurrency,
  }
}
