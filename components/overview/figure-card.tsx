'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/lib/dashboard/overview/metrics'
import type { OverviewView } from '@/lib/dashboard/overview/overview'
import { ChartSkeleton } from '@/components/chart/lazy-chart'
import { SeriesSwatch } from '@/components/chart/series-swatch'
import type { MetricRange } from '@/lib/metrics/range'
import { BacklogSummary } from '@/components/overview/backlog-summary'
import { FigureChart } from '@/components/overview/figure-chart'
import { FigureHeadline } from '@/components/overview/figure-headline'
import { FigureTable } from '@/components/overview/figure-table'
import { type Figure, type SeriesKey, wholeSpan } from '@/components/overview/figures'
import { useFigureText } from '@/components/overview/use-figure-text'
import { useSeriesText } from '@/components/overview/use-series-text'

type Props = {
  figure: Figure
  metrics: MetricsView | undefined
  backlog: OverviewView['backlog']
  downCount: number
  range: MetricRange
  isTable: boolean
  isWide: boolean
}

/** A card for one figure: title with unit, current value, and a chart or a table. */
export function FigureCard({ figure, metrics, backlog, downCount, range, isTable, isWide }: Props) {
  const t = useTranslations('figures')
  const { formatValue } = useFigureText(range)
  const seriesText = useSeriesText()
  // A line of zeros is informative; bars of zeros are not.
  const isNothing = (value: number | null) => value === null || (value === 0 && figure.shape === 'bars')
  const isEmpty = metrics?.points.every((point) => figure.series.every(({ key }) => isNothing(point[key])))
  return (
    <figure
      className={clsx('min-w-0 rounded-lg border border-subtle bg-surface p-4 shadow-card', isWide && 'md:col-span-2')}
    >
      <figcaption>
        <h3 className="text-sm text-muted">{t(`title.${figure.key}`, { unit: t(`per.${range}`) })}</h3>
        {figure.headline ? (
          <FigureHeadline {...{ figure, metrics, range, downCount }} headline={figure.headline} />
        ) : (
          <BacklogSummary backlog={backlog} />
        )}
        <ul className="mt-1 flex min-h-5 flex-wrap gap-x-4 text-sm">
          {figure.series.map((series) => (
            <li key={series.key} className="flex items-center gap-1.5 text-muted">
              <SeriesSwatch color={series.color} />
              {seriesText(series)}
              {metrics && (
                <Link
                  href={series.href(wholeSpan(metrics))}
                  className="font-medium text-ink tabular-nums hover:underline"
                >
                  {formatValue(sumOf(metrics, series.key), figure.unit)}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className={clsx('mt-3', isTable ? 'h-64' : 'h-44')}>
        {!metrics && <ChartSkeleton />}
        {isEmpty && !isTable && (
          <p aria-hidden className="grid h-full place-items-center text-sm text-muted">
            {t('nothing')}
          </p>
        )}
        {metrics && !isEmpty && !isTable && <FigureChart figure={figure} points={metrics.points} range={range} />}
        {metrics && <FigureTable figure={figure} metrics={metrics} range={range} isShown={isTable} />}
      </div>
    </figure>
  )
}

/** Sums or measures what happened; for a backlog, takes the last value. */
function sumOf({ points, total }: MetricsView, key: SeriesKey): number | null {
  if (key === 'waitingMessageCount' || key === 'waitingCommandCount') return points.at(-1)?.[key] ?? null
  return total[key]
}
