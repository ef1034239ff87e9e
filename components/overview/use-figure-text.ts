import { useFormatter, useTranslations } from 'use-intl'
import type { MetricRange } from '@/lib/metrics/range'
import type { FigureUnit } from '@/components/overview/figures'

const exact = {
  '1h': { hour: '2-digit', minute: '2-digit' },
  '24h': { weekday: 'short', hour: '2-digit', minute: '2-digit' },
  '7d': { weekday: 'short', month: 'numeric', day: 'numeric' },
} as const
const short = {
  '1h': exact['1h'],
  '24h': exact['1h'],
  '7d': { month: 'numeric', day: 'numeric' },
} as const

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Returns formatters for the times and values of figures, in the viewer's language and time zone. */
export function useFigureText(range: MetricRange) {
  const t = useTranslations('figures')
  const format = useFormatter()
  const decimals = (value: number, maxDecimals: number) =>
    format.number(value, { maximumFractionDigits: value < 10 ? maxDecimals : 0 })
  const writeDuration = (ms: number) => {
    if (ms >= hourMs) return t('hours', { hours: decimals(ms / hourMs, 1) })
    if (ms >= 2 * minuteMs) return t('minutes', { minutes: decimals(ms / minuteMs, 1) })
    return t('seconds', { seconds: decimals(ms / 1000, 2) })
  }
  // A share below 100 % is never rounded up to it.
  const writeShare = (share: number) =>
    format.number(share < 1 ? Math.min(share, 0.9999) : 1, { style: 'percent', maximumFractionDigits: 2 })
  const write = { count: (value: number) => format.number(value), duration: writeDuration, share: writeShare }
  return {
    formatTime: (startsAt: string) => format.dateTime(new Date(startsAt), { ...exact[range], hourCycle: 'h23' }),
    formatTick: (startsAt: string) => format.dateTime(new Date(startsAt), { ...short[range], hourCycle: 'h23' }),
    /** Formats a value for an axis: short, on one line. */
    formatAxis: (value: number, unit: FigureUnit) =>
      unit === 'count' ? format.number(value, { notation: 'compact' }) : write[unit](value).replaceAll(' ', '\u00a0'),
    formatValue: (value: number | null | undefined, unit: FigureUnit) =>
      typeof value === 'number' ? write[unit](value) : '—',
    /** Formats a rate per minute, or per hour if it would round to zero. */
    formatRate: (count: number, spanMs: number) => {
      const [unit, unitMs] =
        count / spanMs >= 1 / minuteMs ? (['minute', minuteMs] as const) : (['hour', hourMs] as const)
      return t(`rate.${unit}`, { count: decimals((count / spanMs) * unitMs, 1) })
    },
  }
}
