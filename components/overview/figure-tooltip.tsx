'use client'

import { useTranslations } from 'use-intl'
import type { MetricPointView } from '@/app/api/dashboard/views/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import type { Figure } from './figures'
import { SeriesMark } from './series-mark'
import { useFigureText } from './use-figure-text'

type Props = {
  figure: Figure
  range: MetricRange
  /** Given by the chart: whether it is hovered, and the point below the pointer. */
  active?: boolean
  payload?: ReadonlyArray<{ payload?: unknown }>
}

/** The exact values of one moment. */
export function FigureTooltip({ figure, range, active, payload }: Props) {
  const t = useTranslations('figures')
  const { momentOf, valueOf } = useFigureText(range)
  const point = payload?.[0]?.payload as MetricPointView | undefined
  if (!active || !point) return null
  return (
    <output className="block rounded-lg border border-subtle bg-surface px-3 py-2 text-sm shadow-raised">
      <span className="mb-1 block text-muted">{momentOf(point.startsAt)}</span>
      {figure.series.map(({ key, color }) => (
        <span key={key} className="flex items-center gap-2">
          <SeriesMark color={color} />
          <span>{t(`series.${key}`)}</span>
          <span className="ml-auto pl-4 font-medium tabular-nums">{valueOf(point[key], figure.unit)}</span>
        </span>
      ))}
    </output>
  )
}
