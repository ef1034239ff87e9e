'use client'

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { ChartTooltip } from './chart-tooltip'

/** What a chart shows of each point: by which key, in words, in a colour of the tokens. */
export type ChartSeries = { key: string; text: string; color: string }

export type ChartProps = {
  /** What it is a chart of: arrow keys read its values. Without it the same stands in a table, for who cannot see it. */
  label?: string
  /** Each with its moment as `startsAt`. */
  points: ReadonlyArray<{ startsAt: string }>
  series: readonly ChartSeries[]
  shape: 'bars' | 'stacked bars' | 'lines'
  /** Each point of a line, where they are few. */
  hasDots?: boolean
  /** So far its axis goes at least, from zero. */
  least?: number | undefined
  /** A line across, where something has a limit. */
  limit?: number | undefined
  /** Moments and values in words: below and beside the axes shortly, at the pointer exactly. */
  tickOf: (startsAt: string) => string
  momentOf?: (startsAt: string) => string
  axisOf: (value: number) => string
  valueOf: (value: number | null | undefined) => string
}

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const

/** Values over time, zero on the axis; pointer or arrow keys read them exactly. Load it by `LazyChart`. */
export default function SeriesChart(props: ChartProps) {
  const { label, points, series, shape, hasDots = false, least = 0, limit, tickOf, axisOf } = props
  const isLines = shape === 'lines'
  const values = points.flatMap((point) =>
    series.map(({ key }) => Number((point as Record<string, unknown>)[key] ?? 0)),
  )
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={[...points]}
        aria-label={label}
        accessibilityLayer={label !== undefined}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="20%"
      >
        <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
        <XAxis {...axis} dataKey="startsAt" tickFormatter={tickOf} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width="auto"
          allowDecimals={false}
          domain={[0, Math.max(0, ...values) < least ? least : 'auto']}
          tickFormatter={axisOf}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={isLines ? { stroke: 'var(--border-field)' } : { fill: 'var(--hover)' }}
          content={<ChartTooltip {...props} />}
        />
        {limit !== undefined && <ReferenceLine y={limit} stroke="var(--warn)" strokeDasharray="4 3" />}
        {series.map(({ key, color }) =>
          isLines ? (
            <Area
              key={key}
              type="linear"
              dataKey={key}
              stroke={color}
              strokeWidth={2}
              fill={color}
              fillOpacity={0.08}
              dot={hasDots && { r: 2 }}
              isAnimationActive={false}
            />
          ) : (
            <Bar
              key={key}
              dataKey={key}
              {...(shape === 'stacked bars' && { stackId: 'all' })}
              fill={color}
              isAnimationActive={false}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
