'use client'

import { useTranslations } from 'use-intl'
import type { AttemptsPointView } from '@/lib/dashboard/callback/endpoints'
import { LazyChart } from '@/components/chart/lazy-chart'
import { SeriesSwatch } from '@/components/chart/series-swatch'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'
import { isEmptyPoint, attemptFigures } from '@/components/callback/attempt-series'
import { AttemptTable } from '@/components/callback/attempt-table'
import { useAttemptText } from '@/components/callback/use-attempt-text'

type Props = { points: AttemptsPointView[]; range: MetricRange }

/** Attempts over time: counts and delay as charts, with the same data as a table below. */
export function AttemptFigures({ points, range }: Props) {
  const t = useTranslations('endpoint')
  const figures = useTranslations('figures')
  const textOf = useAttemptText()
  const { formatTick, formatTime, formatAxis, formatValue } = useFigureText(range)
  const isEmpty = points.every(isEmptyPoint)
  if (isEmpty) return <p className="grid h-44 place-items-center text-muted">{figures('nothing')}</p>
  return (
    <>
      <div className="grid gap-6 md:grid-cols-2">
        {attemptFigures.map(({ figure, shape, unit, series }) => {
          const named = series.map((one) => ({ ...one, text: textOf(one.key) }))
          return (
            <figure key={figure} className="min-w-0">
              <figcaption className="flex flex-wrap gap-x-4 text-sm text-muted">
                <span className="text-ink">{t(`figure.${figure}`)}</span>
                {named.map(({ key, text, color }) => (
                  <span key={key} className="flex items-center gap-1.5">
                    <SeriesSwatch color={color} />
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
                  // Without a delivery the chart still has an axis.
                  minAxisEnd={unit === 'count' ? 4 : points.some((point) => point.slowDelayMs !== null) ? 0 : 1000}
                  formatTick={formatTick}
                  formatTime={formatTime}
                  formatAxis={(value) => formatAxis(value, unit)}
                  formatValue={(value) => formatValue(value, unit)}
                />
              </div>
            </figure>
          )
        })}
      </div>
      <details className="mt-4">
        <summary className="w-fit text-sm text-muted hover:text-ink">{t('asTable')}</summary>
        <AttemptTable points={points} range={range} />
      </details>
    </>
  )
}
