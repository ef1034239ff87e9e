import type { MetricPointView, MetricsView } from '@/lib/dashboard/overview/metrics'
import { colorOf, type StateOf } from '@/components/state/states'
import { deliveredShare } from '@/lib/metrics/delivered-share'

/** `count`: a number; `duration`: milliseconds; `share`: 0–1. */
export type FigureUnit = 'count' | 'duration' | 'share'
export type SeriesKey = Exclude<keyof MetricPointView, 'startsAt'>
/** A time range as in the URL of a list; without `until` it ends now. */
type Span = { since: string; until?: string }
type Counts = MetricsView['total']

export type Series = {
  key: SeriesKey
  color: string
  /** The state that the series counts, which names it; otherwise the key names it. */
  is?: ['message', StateOf<'message'>] | ['event', StateOf<'event'>]
  /** Returns the link to the items of the sum. */
  href: (span: Span) => string
}

export type Figure = {
  key: 'messages' | 'callbacks' | 'delay' | 'waiting' | 'joins'
  shape: 'bars' | 'lines'
  unit: 'count' | 'duration'
  series: Series[]
  /** The figure as one number, and whether more is better; omitted if only the current value counts. */
  headline?: { unit: FigureUnit; of: (counts: Counts) => number | null; isGood?: 'more' | 'less'; hasRate?: true }
  /** Whether the items of a single point can be listed. */
  isListed?: true
}

const callbacks = (state?: string) => (span: Span) =>
  `/dashboard/callbacks?${new URLSearchParams({ ...(state && { state }), ...span })}`
const messages = (state: string) => (span: Span) => `/dashboard/messages?${new URLSearchParams({ state, ...span })}`
const quns = () => '/dashboard/quns'
const robots = () => '/dashboard/robots'

/** The charts of the overview: their series, as bars or lines, in token colours. */
export const figures: Figure[] = [
  {
    key: 'messages',
    shape: 'bars',
    unit: 'count',
    isListed: true,
    headline: { unit: 'count', of: (counts) => counts.receivedCount + counts.sentCount, hasRate: true },
    series: [
      {
        key: 'receivedCount',
        is: ['message', 'received'],
        color: colorOf('message', 'received'),
        href: messages('received'),
      },
      { key: 'sentCount', is: ['message', 'sent'], color: colorOf('message', 'sent'), href: messages('sent') },
      { key: 'failedCount', is: ['message', 'failed'], color: colorOf('message', 'failed'), href: messages('failed') },
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
      of: deliveredShare,
    },
    series: [
      {
        key: 'deliveredCount',
        is: ['event', 'delivered'],
        color: colorOf('event', 'delivered'),
        href: callbacks('delivered'),
      },
      { key: 'pendingCount', is: ['event', 'pending'], color: colorOf('event', 'pending'), href: callbacks('pending') },
      { key: 'deadCount', is: ['event', 'dead'], color: colorOf('event', 'dead'), href: callbacks('dead') },
    ],
  },
  {
    key: 'delay',
    shape: 'lines',
    unit: 'duration',
    isListed: true,
    headline: { unit: 'duration', of: (counts) => counts.slowDelayMs, isGood: 'less' },
    series: [
      { key: 'typicalDelayMs', color: 'var(--accent-ink)', href: callbacks() },
      { key: 'slowDelayMs', color: 'var(--warn)', href: callbacks() },
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

/** The link of a figure's total. */
export function wholeSpan({ points }: MetricsView): Span {
  return { since: points[0]?.startsAt ?? '' }
}

/** The link of a single point. */
export function spanOf({ points }: MetricsView, index: number): Span {
  const [point, next] = points.slice(index, index + 2)
  return { since: point?.startsAt ?? '', ...(next && { until: next.startsAt }) }
}
