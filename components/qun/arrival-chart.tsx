'use client'

import { Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { SeriesMark } from '@/components/overview/series-mark'
import type { Arrivals } from '@/lib/membership/count-arrivals'

type Props = { arrivals: Arrivals[]; writeDay: (day: string) => string }

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const
const series = [
  { key: 'opened', color: 'var(--border-field)' },
  { key: 'joined', color: 'var(--accent-ink)' },
] as const

/** The days as pairs of bars: opened, joined; what it shows is in a table too. */
export default function ArrivalChart({ arrivals, writeDay }: Props) {
  const most = Math.max(4, ...arrivals.map(({ opened, joined }) => Math.max(opened, joined)))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={arrivals} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
        <XAxis {...axis} dataKey="day" tickFormatter={writeDay} minTickGap={28} />
        <YAxis {...axis} axisLine={false} width={36} allowDecimals={false} domain={[0, most]} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={<ArrivalTooltip writeDay={writeDay} />}
        />
        {series.map(({ key, color }) => (
          <Bar key={key} dataKey={key} fill={color} isAnimationActive={false} />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

type TooltipProps = Pick<Props, 'writeDay'> & { active?: boolean; payload?: ReadonlyArray<{ payload?: unknown }> }

/** The exact values of one day. */
function ArrivalTooltip({ writeDay, active, payload }: TooltipProps) {
  const t = useTranslations('qun')
  const day = payload?.[0]?.payload as Arrivals | undefined
  if (!active || !day) return null
  return (
    <div className="rounded-lg border border-subtle bg-surface px-3 py-2 text-sm tabular-nums shadow-raised">
      <div className="text-muted">{writeDay(day.day)}</div>
      {series.map(({ key, color }) => (
        <div key={key} className="flex items-center gap-2">
          <SeriesMark color={color} />
          {t(`funnel.${key}`)} <span className="ml-auto pl-3 font-medium">{day[key]}</span>
        </div>
      ))}
    </div>
  )
}
