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
import { ChartTooltip } from '@/components/chart/chart-tooltip'
import { isolatedPoints } from '@/components/chart/isolated-points'

/** A series: its data key, its name, and a token colour. */
export type ChartSeries = { key: string; text: string; color: string }

export type ChartProps = {
  /** The accessible name; arrow keys read the values. Omit it if a table shows the same data. */
  label?: string
  /** The points, each with its time as `startsAt`. */
  points: ReadonlyArray<{ startsAt: string }>
  series: readonly ChartSeries[]
  shape: 'bars' | 'stacked bars' | 'lines'
  /** Draws a dot at every point of a line; isolated points always have one. */
  hasDots?: boolean
  /** Minimum upper end of the axis, which starts at zero. */
  minAxisEnd?: number | undefined
  /** A horizontal line that marks a limit. */
  limit?: number | undefined
  /** Formats times and values: short at the axes, exact in the tooltip. */
  formatTick: (startsAt: string) => string
  formatTime?: (startsAt: string) => string
  formatAxis: (value: number) => string
  formatValue: (value: number | null | undefined) => string
}

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const

const valueIn = (point: object, key: string) => (point as Record<string, number | null | undefined>)[key]

/** Draws a dot at the given indexes, which no line connects. */
function dotsAt(places: Set<number>, color: string) {
  return function Dot({ cx, cy, index = -1 }: { cx?: number; cy?: number; index?: number }) {
    return places.has(index) ? <circle key={index} cx={cx} cy={cy} r={3} fill={color} /> : <g key={index} />
  }
}

/** Draws values over time with a zero-based axis; pointer and arrow keys read exact values. Load it with `LazyChart`. */
export default function SeriesChart(props: ChartProps) {
  const { label, points, series, shape, hasDots = false, minAxisEnd = 0, limit, formatTick, formatAxis } = props
  const isLines = shape === 'lines'
  const values = points.flatMap((point) => series.map(({ key }) => valueIn(point, key) ?? 0))
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
        <XAxis {...axis} dataKey="startsAt" tickFormatter={formatTick} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width="auto"
          allowDecimals={false}
          domain={[0, Math.max(0, ...values) < minAxisEnd ? minAxisEnd : 'auto']}
          tickFormatter={formatAxis}
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
              dot={hasDots ? { r: 2 } : dotsAt(isolatedPoints(points.map((point) => valueIn(point, key))), color)}
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
