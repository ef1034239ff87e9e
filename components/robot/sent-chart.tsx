'use client'

import { Bar, ComposedChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { PacingView } from '@/app/api/dashboard/views/pacing'

type Minute = PacingView['sent'][number]
type Props = { sent: Minute[]; ratePerMinute: number; minuteOf: (startsAt: string) => string }

const axis = { stroke: 'var(--border-subtle)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false } as const

/** The minutes as bars, the limit as a line where it is near; what it shows is in a table too. */
export default function SentChart({ sent, ratePerMinute, minuteOf }: Props) {
  const most = Math.max(4, ...sent.map(({ count }) => count))
  const isLimitNear = ratePerMinute > 0 && ratePerMinute <= most * 2
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={sent} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <XAxis {...axis} dataKey="startsAt" tickFormatter={minuteOf} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width={28}
          allowDecimals={false}
          domain={[0, isLimitNear ? Math.max(most, ratePerMinute) : most]}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={<SentTooltip minuteOf={minuteOf} />}
        />
        {isLimitNear && <ReferenceLine y={ratePerMinute} stroke="var(--warn)" strokeDasharray="4 3" />}
        <Bar dataKey="count" fill="var(--accent-ink)" isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  )
}

type TooltipProps = Pick<Props, 'minuteOf'> & { active?: boolean; payload?: ReadonlyArray<{ payload?: unknown }> }

/** The exact value of one minute. */
function SentTooltip({ minuteOf, active, payload }: TooltipProps) {
  const minute = payload?.[0]?.payload as Minute | undefined
  if (!active || !minute) return null
  return (
    <div className="rounded-lg border border-subtle bg-surface px-3 py-2 text-sm tabular-nums shadow-raised">
      <span className="text-muted">{minuteOf(minute.startsAt)}</span> {minute.count}
    </div>
  )
}
