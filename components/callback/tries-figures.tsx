'use client'

import { useTranslations } from 'use-intl'
import type { TriesPointView } from '@/app/api/dashboard/views/endpoint-health'
import { LazyChart } from '@/components/chart/lazy-chart'
import { SeriesMark } from '@/components/chart/series-mark'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'
import { triesFigures } from './tries-series'
import { TriesTable } from './tries-table'

type Props = { points: TriesPointView[]; range: MetricRange }

/** How tries went over time: how many got through, and how quickly; the same as a table below. */
export function TriesFigures({ points, range }: Props) {
  const t = useTranslations('endpoint')
  const figures = useTranslations('figures')
  const { tickOf, momentOf, axisOf, valueOf } = useFigureText(range)
  const isEmpty = points.every((point) => point.deliveredCount + point.failedCount === 0)
  if (isEmpty) return <p className="grid h-44 place-items-center text-muted">{figures('nothing')}</p>
  return (
    <>
      <div className="grid gap-6 md:grid-cols-2">
        {triesFigures.map(({ figure, shape, unit, series }) => {
          const named = series.map((one) => ({ ...one, text: t(`series.${one.key}`) }))
          return (
            <figure key={figure} className="min-w-0">
              <figcaption className="flex flex-wrap gap-x-4 text-sm text-muted">
                <span className="text-ink">{t(`figure.${figure}`)}</span>
                {named.map(({ key, text, color }) => (
                  <span key={key} className="flex items-center gap-1.5">
                    <SeriesMark color={color} />
                    {text}
                  </span>
                ))}
              </figcaption>
              <div className="mt-3 h-44">
                <LazyChart
                  label={t('chartOf', { figure: t(`figure.${figure}`) })}
                  points={points}
                  series={named}
                  shape={shape}
                  hasDots
                  // Nothing got through: an axis all the same.
                  least={unit === 'count' ? 4 : points.some((point) => point.slowDelayMs !== null) ? 0 : 1000}
                  tickOf={tickOf}
                  momentOf={momentOf}
                  axisOf={(value) => axisOf(value, unit)}
                  valueOf={(value) => valueOf(value, unit)}
                />
              </div>
            </figure>
          )
        })}
      </div>
      <details className="mt-4">
        <summary className="w-fit text-sm text-muted hover:text-ink">{t('asTable')}</summary>
        <TriesTable points={points} range={range} />
      </details>
    </>
  )
}
