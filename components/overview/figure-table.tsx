'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricsView } from '@/app/api/dashboard/views/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { type Figure, spanOf } from './figures'
import { useFigureText } from './use-figure-text'

type Props = { figure: Figure; metrics: MetricsView; range: MetricRange; isShown: boolean }

/** The same figures as a table, the newest first: what readers of screens get, and whoever asks for it. */
export function FigureTable({ figure, metrics, range, isShown }: Props) {
  const t = useTranslations('figures')
  const { momentOf, valueOf } = useFigureText(range)
  const newestFirst = metrics.points.map((point, index) => ({ point, index })).toReversed()
  return (
    <section
      className={isShown ? 'h-full overflow-y-auto' : 'sr-only'}
      // Whoever sees it scrolls it, by keyboard too.
      tabIndex={isShown ? 0 : undefined}
      aria-label={t('tableOf', { figure: t(`title.${figure.key}`, { unit: t(`per.${range}`) }) })}
    >
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="sticky top-0 bg-surface text-muted">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {t('moment')}
            </th>
            {figure.series.map(({ key }) => (
              <th key={key} scope="col" className="py-1 pl-3 text-right font-normal">
                {t(`series.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ point, index }) => (
            <tr key={point.startsAt} className="border-t border-subtle">
              <th scope="row" className="py-1 font-normal whitespace-nowrap">
                {momentOf(point.startsAt)}
              </th>
              {figure.series.map(({ key, href }) => (
                <td key={key} className="py-1 pl-3 text-right">
                  {isShown && figure.isListed && point[key] ? (
                    <Link href={href(spanOf(metrics, index))} className="hover:underline">
                      {valueOf(point[key], figure.unit)}
                    </Link>
                  ) : (
                    valueOf(point[key], figure.unit)
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
