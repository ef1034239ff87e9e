import type { MetricPointView } from '@/app/api/dashboard/views/metrics'

/** `count` numbers or `seconds`. */
export type FigureUnit = 'count' | 'seconds'
type Series = { key: Exclude<keyof MetricPointView, 'startsAt'>; color: string }

/** The small multiples of the overview: what each shows, as bars or lines, in the colours of the tokens. */
export const figures = [
  {
    key: 'messages',
    shape: 'bars',
    unit: 'count',
    href: '/dashboard/robots',
    series: [
      { key: 'receivedCount', color: 'var(--border-field)' },
      { key: 'sentCount', color: 'var(--accent-ink)' },
      { key: 'failedCount', color: 'var(--bad)' },
    ],
  },
  {
    key: 'callbacks',
    shape: 'bars',
    unit: 'count',
    href: '/dashboard/callbacks',
    series: [
      { key: 'deliveredCount', color: 'var(--accent-ink)' },
      { key: 'undeliveredCount', color: 'var(--bad)' },
    ],
  },
  {
    key: 'delay',
    shape: 'lines',
    unit: 'seconds',
    href: '/dashboard/callbacks',
    series: [
      { key: 'typicalDelayMs', color: 'var(--accent-ink)' },
      { key: 'slowDelayMs', color: 'var(--warn)' },
    ],
  },
  {
    key: 'waiting',
    shape: 'lines',
    unit: 'count',
    href: '/dashboard/robots',
    series: [
      { key: 'waitingMessageCount', color: 'var(--accent-ink)' },
      { key: 'waitingCommandCount', color: 'var(--warn)' },
    ],
  },
] as const satisfies Array<{
  key: string
  shape: 'bars' | 'lines'
  unit: FigureUnit
  href: string
  series: Series[]
}>

export type Figure = (typeof figures)[number]
export type SeriesKey = Figure['series'][number]['key']
