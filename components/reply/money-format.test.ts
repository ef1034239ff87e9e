import { expect, it } from 'vitest'
import { moneyFormat } from '@/components/reply/money-format'

it.each([
  [0, 'CNY', '¥0.00'],
  [0.000006, 'CNY', '¥0.000006'],
  [0.00088, 'CNY', '¥0.00088'],
  [0.5, 'CNY', '¥0.50'],
  [0.5, 'JPY', 'JP¥0.5'],
  [12.345678, 'CNY', '¥12.35'],
  [1234, 'JPY', 'JP¥1,234'],
  [42_949_672.94, 'USD', 'US$42,949,672.94'],
])('an amount of money is readable: %d %s', (amount, currency, expected) =>
  expect(new Intl.NumberFormat('zh-CN', moneyFormat(amount, currency)).format(amount)).toBe(expected),
)
