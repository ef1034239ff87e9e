'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { moneyFormat } from '@/components/reply/money-format'

/** The use of the model in this month, its cost, and what the monthly tokens cost at most. */
export function ModelSpending({ usage }: { usage: RepliesView['usage'] }) {
  const t = useTranslations('reply')
  const format = useFormatter()
  const { requestCount, tokenCount, cost, budgetCost, currency } = usage
  const money = (amount: number) => format.number(amount, moneyFormat(amount, currency))
  return (
    <p className="text-sm text-muted">
      {t('usage', { requests: requestCount, tokens: format.number(tokenCount) })}{' '}
      {cost !== null && t('monthCost', { cost: money(cost) })}{' '}
      {budgetCost !== null && t('budgetCost', { cost: money(budgetCost) })}
    </p>
  )
}
