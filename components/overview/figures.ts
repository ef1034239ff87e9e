import type { MetricPointView, MetricsView } from '@/app/api/dashboard/views/metrics'

/** `count` numbers, `duration` milliseconds, `share` of 1. */
export type FigureUnit = 'count' | 'duration' | 'share'
export type SeriesKey = Exclude<keyof MetricPointView, 'startsAt'>
/** From when until when, as the address of a list has it; without `until` until now. */
type Span = { since: string; until?: string }
type Counts = MetricsView['total']

type Series = {
  key: SeriesKey
  color: string
  /** What is behind its sum. */
  href: (span: Span) => string
}

export type Figure = {
  key: 'messages' | 'callbacks' | 'delay' | 'waiting' | 'joins'
  shape: 'bars' | 'lines'
  unit: 'count' | 'duration'
  series: Series[]
  /** What it comes to in one number, and whether more of it is good; left out where only now counts. */
  headline?: { unit: FigureUnit; of: (counts: Counts) => number | null; isGood?: 'more' | 'less'; hasRate?: true }
  /** Whether what is behind each point can be listed, too. */
  isListed?: true
}

const callbacks = (state?: string) => (span: Span) =>
  `/dashboard/callbacks?${new URLSearchParams({ ...(state && { state }), ...span })}`
const messages = (state: string) => (span: Span) => `/dashboard/messages?${new URLSearchParams({ state, ...span })}`
const quns = () => '/dashboard/quns'
const robots = () => '/dashboard/robots'

/** The small multiples of the overview: what each shows, as bars or lines, in the colours of the tokens. */
export const figures: Figure[] = [
  {
    key: 'messages',
    shape: 'bars',
    unit: 'count',
    isListed: true,
    headline: { unit: 'count', of: (counts) => counts.receivedCount + counts.sentCount, hasRate: true },
    series: [
      { key: 'receivedCount', color: 'var(--border-field)', href: messages('received') },
      { key: 'sentCount', color: 'var(--accent-ink)', href: messages('sent') },
      { key: 'failedCount', color: 'var(--bad)', href: messages('failed') },
    ],
  },
  {
    key: 'callbacks',
    shape: 'bars',
    unit: 'count',
    isListed: true,
    headline: {
      unit: 'share',
      isGood: 'more',
      of: ({ deliveredCount, deadCount }) =>
        deliveredCount + deadCount > 0 ? deliveredCount / (deliveredCount + deadCount) : null,
    },
    series: [
      { key: 'deliveredCount', color: 'var(--accent-ink)', href: callbacks('delivered') },
      { key: 'pendingCount', color: 'var(--warn)', href: callbacks('pending') },
      { key: 'deadCount', color: 'var(--bad)', href: callbacks('dead') },
    ],
  },
  {
    key: 'delay',
    shape: 'lines',
    unit: 'duration',
    isListed: true,
    headline: { unit: 'duration', of: (counts) => counts.slowDelayMs, isGood: 'less' },
    series: [
      { key: 'typicalDelayMs', color: 'var(--accent-ink)', href: callbacks('delivered') },
      { key: 'slowDelayMs', color: 'var(--warn)', href: callbacks('delivered') },
    ],
  },
  {
    key: 'waiting',
    shape: 'lines',
    unit: 'count',
    series: [
      { key: 'waitingMessageCount', color: 'var(--accent-ink)', href: robots },
      { key: 'waitingCommandCount', color: 'var(--warn)', href: robots },
    ],
  },
  {
    key: 'joins',
    shape: 'bars',
    unit: 'count',
    headline: { unit: 'count', of: (counts) => counts.joinCount },
    series: [
      { key: 'joinCount', color: 'var(--accent-ink)', href: quns },
      { key: 'qunCount', color: 'var(--warn)', href: quns },
    ],
  },
]

/** What a figure's number over the whole span leads to. */
export function wholeSpan({ points }: MetricsView): Span {
  return { since: points[0]?.startsAt ?? '' }
}

/** What the number of one point leads to. */
export function spanOf({ points }: MetricsView, index: number): Span {
  const [point, next] = points.slice(index, index + 2)
  return { since: point?.startsAt ?? '', ...(next && { until: next.startsAt }) }
}
