'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'use-intl'
import type { MetricRange } from '@/lib/metrics/range'
import type { Figure } from '@/components/overview/figures'

type Props = {
  headline: NonNullable<Figure['headline']>
  now: number | null
  before: number | null
  range: MetricRange
}

/** Maximum growth to show; beyond it the previous value was next to zero. */
const maxGrowth = 9

/** The change from the previous time span: shares in points, other numbers in percent. Renders nothing if the previous value is (nearly) zero. */
export function FigureChange({ headline, now, before, range }: Props) {
  const t = useTranslations('figures')
  const format = useFormatter()
  if (now === null || !before) return null
  const isShare = headline.unit === 'share'
  const change = isShare ? now - before : (now - before) / before
  if (!isShare && change > maxGrowth) return null
  const size = format.number(Math.abs(change) * 100, { maximumFractionDigits: Math.abs(change) < 0.1 ? 1 : 0 })
  const span = t(`before.${range}`)
  if (size === '0') return <span className="text-sm text-muted">{t('unchanged', { span })}</span>
  const isUp = change > 0
  const isWorse = headline.isGood !== undefined && isUp !== (headline.isGood === 'more')
  const isMuch = Math.abs(change) >= (isShare ? 0.01 : 0.25)
  const key = `${isUp ? 'up' : 'down'}${isShare ? 'Points' : 'Percent'}` as const
  return (
    <span className={clsx('text-sm', isWorse && isMuch ? 'text-warn' : 'text-muted')}>{t(key, { size, span })}</span>
  )
}
