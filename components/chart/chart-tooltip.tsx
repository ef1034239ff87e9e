'use client'

import type { ChartProps } from '@/components/chart/series-chart'
import { SeriesSwatch } from '@/components/chart/series-swatch'

type Props = Pick<ChartProps, 'series' | 'formatTick' | 'formatTime' | 'formatValue'> & {
  /** Set by the chart: whether it is hovered, and the point below the pointer. */
  active?: boolean
  payload?: ReadonlyArray<{ payload?: unknown }>
}

/** The exact values of one point. */
export function ChartTooltip({ series, formatTick, formatTime = formatTick, formatValue, active, payload }: Props) {
  const point = payload?.[0]?.payload as ({ startsAt: string } & Record<string, unknown>) | undefined
  if (!active || !point) return null
  return (
    <output className="block rounded-lg border border-subtle bg-surface px-3 py-2 text-sm shadow-raised">
      <span className="mb-1 block text-muted">{formatTime(point.startsAt)}</span>
      {series.map(({ key, text, color }) => (
        <span key={key} className="flex items-center gap-2">
          <SeriesSwatch color={color} />
          <span>{text}</span>
          <span className="ml-auto pl-4 font-medium tabular-nums">{formatValue(point[key] as number | null)}</span>
        </span>
      ))}
    </output>
  )
}
