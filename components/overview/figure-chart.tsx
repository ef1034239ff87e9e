'use client'

import { useTranslations } from 'use-intl'
import type { MetricPointView } from '@/app/api/dashboard/views/metrics'
import { LazyChart } from '@/components/chart/lazy-chart'
import type { MetricRange } from '@/lib/metrics/range'
import type { Figure } from './figures'
import { useFigureText } from './use-figure-text'

type Props = { figure: Figure; points: MetricPointView[]; range: MetricRange }

/** A figure's chart; what it shows is in the figure's table too. */
export function FigureChart({ figure: { key, unit, shape, series }, points, range }: Props) {
  const t = useTranslations('figures')
  const { tickOf, momentOf, axisOf, valueOf } = useFigureText(range)
  return (
    <LazyChart
      label={t('chartOf', { figure: t(`title.${key}`, { unit: t(`per.${range}`) }) })}
      points={points}
      series={series.map((one) => ({ ...one, text: t(`series.${one.key}`) }))}
      shape={shape === 'bars' ? 'stacked bars' : 'lines'}
      hasDots={range === '7d'}
      least={unit === 'duration' ? 1000 : 4}
      tickOf={tickOf}
      momentOf={momentOf}
      axisOf={(value) => axisOf(value, unit)}
      valueOf={(value) => valueOf(value, unit)}
    />
  )
}
