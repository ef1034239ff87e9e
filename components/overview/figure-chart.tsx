'use client'

import { Area, Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import type { MetricPointView } from '@/app/api/dashboard/views/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { FigureTooltip } from './figure-tooltip'
import type { Figure } from './figures'
import { useFigureText } from './use-figure-text'

type Props = { figure: Figure; points: MetricPointView[]; range: MetricRange }

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const

/** A figure's chart, loaded on its own; pointer or arrow keys read its exact values, which are in the figure's table too. */
export default function FigureChart({ figure, points, range }: Props) {
  const t = useTranslations('figures')
  const { tickOf, axisOf } = useFigureText(range)
  const values = points.flatMap((point) => figure.series.map(({ key }) => point[key] ?? 0))
  // An empty chart has an axis too, from zero to a whole number.
  const least = figure.unit === 'duration' ? 1000 : 4
  const isFlat = Math.max(0, ...values) < least && figure.shape === 'lines'
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={points}
        aria-label={t('chartOf', { figure: t(`title.${figure.key}`, { unit: t(`per.${range}`) }) })}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="20%"
      >
        <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
        <XAxis {...axis} dataKey="startsAt" tickFormatter={tickOf} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width={52}
          allowDecimals={false}
          domain={[0, isFlat ? least : 'auto']}
          tickFormatter={(value: number) => axisOf(value, figure.unit)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={figure.shape === 'bars' ? { fill: 'var(--hover)' } : { stroke: 'var(--border-field)' }}
          content={<FigureTooltip figure={figure} range={range} />}
        />
        {figure.series.map(({ key, color }) =>
          figure.shape === 'bars' ? (
            <Bar key={key} dataKey={key} stackId="all" fill={color} isAnimationActive={false} />
          ) : (
            <Area
              key={key}
              type="linear"
              dataKey={key}
              stroke={color}
              strokeWidth={2}
              fill={color}
              fillOpacity={0.08}
              dot={range === '7d'}
              isAnimationActive={false}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
