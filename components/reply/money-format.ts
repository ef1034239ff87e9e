import type { NumberFormatOptions } from 'use-intl'

/** Returns how Intl formats an amount of money: with the decimals of its currency, below one unit with up to 6. */
export function moneyFormat(amount: number, currency: string): NumberFormatOptions {
  const isSmall = amount > 0 && amount < 1
  return { style: 'currency', currency, ...(isSmall && { maximumFractionDigits: 6 }) }
}
