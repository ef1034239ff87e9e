'use client'

import { useTranslations } from 'use-intl'
import type { MetricPointView } from '@/lib/dashboard/overview/metrics'
import { LazyChart } from '@/components/chart/lazy-chart'
import type { MetricRange } from '@/lib/metrics/range'
import type { Figure } from '@/components/overview/figures'
import { useFigureText } from '@/components/overview/use-figure-text'
import { useSeriesText } from '@/components/overview/use-series-text'

type Props = { figure: Figure; points: MetricPointView[]; range: MetricRange }

/** The chart of a figure; the table of the figure shows the same data. */
export function FigureChart({ figure: { key, unit, shape, series }, points, range }: Props) {
  const t = useTranslations('figures')
  const seriesText = useSeriesText()
  const { formatTick, formatTime, formatAxis, formatValue } = useFigureText(range)
  return (
    <LazyChart
      label={t('chartOf', { figure: t(`title.${key}`, { unit: t(`per.${range}`) }) })}
      points={points}
      series={series.map((one) => ({ ...one, text: seriesText(one) }))}
      shape={shape === 'bars' ? 'stacked bars' : 'lines'}
      hasDots={range === '7d'}
      minAxisEnd={unit === 'duration' ? 1000 : 4}
      formatTick={formatTick}
      formatTime={formatTime}
      formatAxis={(value) => formatAxis(value, unit)}
      formatValue={(value) => formatValue(value, unit)}
    />
  )
}
