'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/lib/dashboard/overview/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { FigureChange } from '@/components/overview/figure-change'
import { type Figure, wholeSpan } from '@/components/overview/figures'
import { useFigureText } from '@/components/overview/use-figure-text'

type Props = {
  figure: Figure
  headline: NonNullable<Figure['headline']>
  metrics: MetricsView | undefined
  range: MetricRange
  /** Endpoints that are down; shown next to the delivery rate. */
  downCount: number
}

/** The total of a figure, its rate, and the change from the previous time span; the number links to its items. */
export function FigureHeadline({ figure, headline, metrics, range, downCount }: Props) {
  const t = useTranslations('figures')
  const { formatValue, formatRate } = useFigureText(range)
  if (!metrics) return <div className="h-9" />
  const now = headline.of(metrics.total)
  const { since } = wholeSpan(metrics)
  const spanMs = Date.parse(metrics.endsAt) - Date.parse(since)
  const href = figure.series[0]?.href({ since }) ?? '/dashboard'
  return (
    <div className="flex min-h-9 flex-wrap items-baseline gap-x-3">
      <Link href={href} className={clsx('text-2xl font-semibold tabular-nums hover:underline', !now && 'text-muted')}>
        {formatValue(now, headline.unit)}
      </Link>
      <span className="text-sm text-muted">
        {t(`headline.${figure.key}`, { due: dueCount(metrics.total) })}
        {headline.hasRate && now ? t('and', { rate: formatRate(now, spanMs) }) : null}
      </span>
      {figure.key === 'callbacks' && downCount > 0 && (
        <Link href="/dashboard/callbacks/endpoints" className="text-sm text-bad hover:underline">
          {t('endpointsDown', { count: downCount })}
        </Link>
      )}
      <FigureChange headline={headline} now={now} before={headline.of(metrics.before)} range={range} />
    </div>
  )
}

const dueCount = ({ deliveredCount, pendingCount, deadCount }: MetricsView['total']) =>
  deliveredCount + pendingCount + deadCount
