'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/lib/dashboard/overview/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { type Figure, spanOf } from '@/components/overview/figures'
import { useFigureText } from '@/components/overview/use-figure-text'
import { useSeriesText } from '@/components/overview/use-series-text'

type Props = { figure: Figure; metrics: MetricsView; range: MetricRange; isShown: boolean }

/** A figure as a table, newest first: for screen readers, and as the table view. */
export function FigureTable({ figure, metrics, range, isShown }: Props) {
  const t = useTranslations('figures')
  const { formatTime, formatValue } = useFigureText(range)
  const seriesText = useSeriesText()
  const newestFirst = metrics.points.map((point, index) => ({ point, index })).toReversed()
  return (
    <section
      className={isShown ? 'h-full overflow-y-auto' : 'sr-only'}
      // Scrollable by keyboard as well.
      tabIndex={isShown ? 0 : undefined}
      aria-label={t('tableOf', { figure: t(`title.${figure.key}`, { unit: t(`per.${range}`) }) })}
    >
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="sticky top-0 bg-surface text-muted">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {t('time')}
            </th>
            {figure.series.map((series) => (
              <th key={series.key} scope="col" className="py-1 pl-3 text-right font-normal">
                {seriesText(series)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ point, index }) => (
            <tr key={point.startsAt} className="border-t border-subtle">
              <th scope="row" className="py-1 font-normal whitespace-nowrap">
                {formatTime(point.startsAt)}
              </th>
              {figure.series.map(({ key, href }) => (
                <td key={key} className="py-1 pl-3 text-right">
                  {isShown && figure.isListed && point[key] ? (
                    <Link href={href(spanOf(metrics, index))} className="hover:underline">
                      {formatValue(point[key], figure.unit)}
                    </Link>
                  ) : (
                    formatValue(point[key], figure.unit)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
