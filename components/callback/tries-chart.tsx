'use client'

import { Area, Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import type { TriesPointView } from '@/app/api/dashboard/views/endpoint-health'
import { SeriesMark } from '@/components/overview/series-mark'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'
import { triesFigures, type TriesFigure } from './tries-series'

type Props = { figure: TriesFigure; points: TriesPointView[]; range: MetricRange }

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const

/** A chart of an endpoint's tries, loaded on its own; pointer or arrow keys read its exact values. */
export default function TriesChart({ figure, points, range }: Props) {
  const t = useTranslations('endpoint')
  const { shape, unit, series } = triesFigures[figure]
  const { tickOf, valueOf } = useFigureText(range)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={points}
        aria-label={t('chartOf', { figure: t(`figure.${figure}`) })}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="20%"
      >
        <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
        <XAxis {...axis} dataKey="startsAt" tickFormatter={tickOf} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width={56}
          allowDecimals={false}
          tickFormatter={(value: number) => valueOf(value, unit)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={shape === 'bars' ? { fill: 'var(--hover)' } : { stroke: 'var(--border-field)' }}
          content={<Values figure={figure} range={range} />}
        />
        {series.map(({ key, color }) =>
          shape === 'bars' ? (
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
              dot={{ r: 2 }}
              isAnimationActive={false}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

type ValuesProps = Pick<Props, 'figure' | 'range'> & {
  /** Given by the chart: whether it is hovered, and the point below the pointer. */
  active?: boolean
  payload?: ReadonlyArray<{ payload?: unknown }>
}

function Values({ figure, range, active, payload }: ValuesProps) {
  const t = useTranslations('endpoint')
  const { momentOf, valueOf } = useFigureText(range)
  const { unit, series } = triesFigures[figure]
  const point = payload?.[0]?.payload as TriesPointView | undefined
  if (!active || !point) return null
  return (
    <div className="rounded-lg border border-subtle bg-surface px-3 py-2 text-sm shadow-raised">
      <div className="mb-1 text-muted">{momentOf(point.startsAt)}</div>
      {series.map(({ key, color }) => (
        <div key={key} className="flex items-center gap-2">
          <SeriesMark color={color} />
          <span>{t(`series.${key}`)}</span>
          <span className="ml-auto pl-4 font-medium tabular-nums">{valueOf(point[key], unit)}</span>
        </div>
      ))}
    </div>
  )
}
