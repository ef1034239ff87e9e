import { useFormatter, useTranslations } from 'use-intl'
import type { MetricRange } from '@/lib/metrics/range'
import type { FigureUnit } from './figures'

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

/** How moments and values of the figures are written, in the viewer's language and zone. */
export function useFigureText(range: MetricRange) {
  const t = useTranslations('figures')
  const format = useFormatter()
  const write = (value: number, unit: FigureUnit) =>
    unit === 'count'
      ? format.number(value)
      : t('seconds', { seconds: format.number(value / 1000, { maximumFractionDigits: value < 10_000 ? 2 : 0 }) })
  return {
    momentOf: (startsAt: string) => format.dateTime(new Date(startsAt), { ...exact[range], hourCycle: 'h23' }),
    tickOf: (startsAt: string) => format.dateTime(new Date(startsAt), { ...short[range], hourCycle: 'h23' }),
    valueOf: (value: number | null | undefined, unit: FigureUnit) =>
      typeof value === 'number' ? write(value, unit) : '—',
  }
}
