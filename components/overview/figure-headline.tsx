'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/app/api/dashboard/views/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { FigureChange } from './figure-change'
import { type Figure, wholeSpan } from './figures'
import { useFigureText } from './use-figure-text'

type Props = {
  figure: Figure
  headline: NonNullable<Figure['headline']>
  metrics: MetricsView | undefined
  range: MetricRange
}

/** What a figure comes to, what that is a minute, and the change to the span before; the number leads to what is behind it. */
export function FigureHeadline({ figure, headline, metrics, range }: Props) {
  const t = useTranslations('figures')
  const { valueOf, rateOf } = useFigureText(range)
  if (!metrics) return <div className="h-9" />
  const now = headline.of(metrics.total)
  const { since } = wholeSpan(metrics)
  const spanMs = Date.parse(metrics.endsAt) - Date.parse(since)
  const href = figure.series[0]?.href({ since }) ?? '/dashboard'
  return (
    <div className="flex min-h-9 flex-wrap items-baseline gap-x-3">
      <Link href={href} className={clsx('text-2xl font-semibold tabular-nums hover:underline', !now && 'text-muted')}>
        {valueOf(now, headline.unit)}
      </Link>
      <span className="text-sm text-muted">
        {t(`headline.${figure.key}`)}
        {headline.hasRate && now ? t('and', { rate: rateOf(now, spanMs) }) : null}
      </span>
      <FigureChange headline={headline} now={now} before={headline.of(metrics.before)} range={range} />
    </div>
  )
}
