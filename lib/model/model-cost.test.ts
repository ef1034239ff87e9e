import { describe, expect, it } from 'vitest'
import { budgetCost, modelCost } from '@/lib/model/model-cost'

const prices = (modelInputPrice: number | null, modelOutputPrice: number | null) => ({
  modelInputPrice,
  modelOutputPrice,
})

describe('the cost of tokens', () => {
  const cases: [string, ReturnType<typeof prices>, [number, number], number | null][] = [
    ['a million of each', prices(2, 8), [1_000_000, 1_000_000], 10],
    ['one answer', prices(2, 8), [280, 40], 0.00088],
    ['only an embedding', prices(0.5, 8), [12, 0], 0.000006],
    ['prices that are no binary fractions', prices(0.1, 0.2), [3, 0], 0],
    ['a sum that floats miss', prices(0.1, 0.2), [1_000_000, 1_000_000], 0.3],
    ['half a millionth, rounded up', prices(0.5, 0), [1, 0], 0.000001],
    ['less than half a millionth', prices(0.499999, 0), [1, 0], 0],
    ['six decimals', prices(1.234567, 0), [1_000_000, 0], 1.234567],
    ['the maximum', prices(10_000, 10_000), [2_147_483_647, 2_147_483_647], 42_949_672.94],
    ['no tokens', prices(2, 8), [0, 0], 0],
    ['a model without a price', prices(0, 0), [500, 500], 0],
    ['no price of input', prices(null, 8), [500, 500], null],
    ['no price of output', prices(2, null), [500, 500], null],
  ]
  it.each(cases)('is exact to 6 decimals: %s', (_, of, [promptTokens, answerTokens], expected) => {
    const cost = modelCost(of, { promptTokens, answerTokens })
    expect(cost).toBe(expected)
    expect(JSON.stringify(cost)).toMatch(/^(null|\d+(\.\d{1,6})?)$/)
  })
})

it.each([
  [prices(2, 8), 1_000_000, 8],
  [prices(8, 2), 1_000_000, 8],
  [prices(2, 8), 0, null],
  [prices(null, 8), 1_000_000, null],
])('the monthly tokens cost at most what they cost at the higher price: %j, %i', (of, modelMonthlyTokens, expected) =>
  expect(budgetCost({ ...of, modelMonthlyTokens })).toBe(expected),
)
