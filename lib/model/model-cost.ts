/** Prices of a million tokens, with at most 6 decimals. `input`: questions and embeddings; null: unknown. */
export type ModelPrices = { modelInputPrice: number | null; modelOutputPrice: number | null }

const tokensOfPrice = 1_000_000n
/** Millionths of the currency's unit, in which money is computed as whole numbers. */
const millionths = 1_000_000

/** Returns what tokens cost, rounded to 6 decimals; null: a price is unknown. */
export function modelCost(
  { modelInputPrice, modelOutputPrice }: ModelPrices,
  { promptTokens, answerTokens }: { promptTokens: number; answerTokens: number },
): number | null {
  if (modelInputPrice === null || modelOutputPrice === null) return null
  const sum =
    BigInt(promptTokens) * toMillionths(modelInputPrice) + BigInt(answerTokens) * toMillionths(modelOutputPrice)
  return Number((sum + tokensOfPrice / 2n) / tokensOfPrice) / millionths
}

/** Returns what the tokens of a month cost at most; null: a price is unknown, or the tokens have no limit. */
export function budgetCost(settings: ModelPrices & { modelMonthlyTokens: number }): number | null {
  const { modelInputPrice, modelOutputPrice, modelMonthlyTokens } = settings
  if (modelInputPrice === null || modelOutputPrice === null || modelMonthlyTokens === 0) return null
  return modelInputPrice > modelOutputPrice
    ? modelCost(settings, { promptTokens: modelMonthlyTokens, answerTokens: 0 })
    : modelCost(settings, { promptTokens: 0, answerTokens: modelMonthlyTokens })
}

function toMillionths(price: number): bigint {
  return BigInt(Math.round(price * millionths))
}
