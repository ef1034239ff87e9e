'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/app/api/dashboard/views/metrics'
import type { Overview } from '@/app/api/dashboard/views/overview'
import { ChartSkeleton } from '@/components/chart/lazy-chart'
import { SeriesMark } from '@/components/chart/series-mark'
import type { MetricRange } from '@/lib/metrics/range'
import { BacklogLine } from './backlog-line'
import { FigureChart } from './figure-chart'
import { FigureHeadline } from './figure-headline'
import { FigureTable } from './figure-table'
import { type Figure, type SeriesKey, wholeSpan } from './figures'
import { useFigureText } from './use-figure-text'

type Props = {
  figure: Figure
  metrics: MetricsView | undefined
  backlog: Overview['backlog']
  range: MetricRange
  isTable: boolean
  isWide: boolean
}

/** One figure: its unit in the title, what it comes to, and its course as a chart or a table. */
export function FigureCard({ figure, metrics, backlog, range, isTable, isWide }: Props) {
  const t = useTranslations('figures')
  const { valueOf } = useFigureText(range)
  // A line of zeros is a course, too; bars of zeros are nothing to see.
  const isNothing = (value: number | null) => value === null || (value === 0 && figure.shape === 'bars')
  const isEmpty = metrics?.points.every((point) => figure.series.every(({ key }) => isNothing(point[key])))
  return (
    <figure
      className={clsx('min-w-0 rounded-lg border border-subtle bg-surface p-4 shadow-card', isWide && 'md:col-span-2')}
    >
      <figcaption>
        <h3 className="text-sm text-muted">{t(`title.${figure.key}`, { unit: t(`per.${range}`) })}</h3>
        {figure.headline ? (
          <FigureHeadline figure={figure} headline={figure.headline} metrics={metrics} range={range} />
        ) : (
          <BacklogLine backlog={backlog} />
        )}
        <ul className="mt-1 flex min-h-5 flex-wrap gap-x-4 text-sm">
          {figure.series.map(({ key, color, href }) => (
            <li key={key} className="flex items-center gap-1.5 text-muted">
              <SeriesMark color={color} />
              {t(`series.${key}`)}
              {metrics && (
                <Link href={href(wholeSpan(metrics))} className="font-medium text-ink tabular-nums hover:underline">
                  {valueOf(sumOf(metrics, key), figure.unit)}
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

/** What happened is added up, or measured over all of it; what waits is as it was last. */
function sumOf({ points, total }: MetricsView, key: SeriesKey): number | null {
  if (key === 'waitingMessageCount' || key === 'waitingCommandCount') return points.at(-1)?.[key] ?? null
  return total[key]
}
