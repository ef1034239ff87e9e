import type { Db } from '@/lib/db/client'
import {
  type CallbackCounts,
  countCallbacks,
  countJoins,
  countMessages,
  type JoinCounts,
  type MessageCounts,
} from '@/lib/metrics/count-traffic'
import { resolveFigureRange } from '@/lib/metrics/figure-range'
import { listBucketStarts } from '@/lib/metrics/list-bucket-starts'
import { measureWaitingCommands, measureWaitingMessages } from '@/lib/metrics/measure-waiting'
import type { MetricRange } from '@/lib/metrics/range'

export type MetricCounts = MessageCounts & CallbackCounts & JoinCounts

/** One minute, hour or day. */
export type MetricPoint = MetricCounts & {
  startsAt: Date
  /** Waiting at the end of the bucket. */
  waitingMessageCount: number
  waitingCommandCount: number
}

export type Metrics = {
  /** Oldest first; the last bucket is incomplete. */
  points: MetricPoint[]
  endsAt: Date
  total: MetricCounts
  /** Counts of an equally long span before the first point. */
  before: MetricCounts
}

const emptyCounts: MetricCounts = {
  receivedCount: 0,
  sentCount: 0,
  failedCount: 0,
  deliveredCount: 0,
  pendingCount: 0,
  deadCount: 0,
  typicalDelayMs: null,
  slowDelayMs: null,
  qunCount: 0,
  joinCount: 0,
}

/** Counts that can be added. Callbacks have their own total, because percentiles cannot be added. */
const addable = ['receivedCount', 'sentCount', 'failedCount', 'qunCount', 'joinCount'] as const

/** Counts traffic per minute (`1h`), hour (`24h`) or day (`7d`) in `timeZone`, with the total and the previous span. */
export async function readMetrics(
  db: Db,
  { range, timeZone, now = new Date() }: { range: MetricRange; timeZone: string; now?: Date },
): Promise<Metrics> {
  const starts = await listBucketStarts(db, { range, timeZone })
  const firstMs = starts[0]?.getTime() ?? now.getTime()
  const spans = [new Date(2 * firstMs - now.getTime()), ...starts]
  const summed = await resolveFigureRange(db, spans)
  const [messages, callbacks, joins, waitingMessages, waitingCommands] = await Promise.all([
    countMessages(db, summed),
    countCallbacks(db, summed),
    countJoins(db, spans),
    measureWaitingMessages(db, await resolveFigureRange(db, starts)),
    measureWaitingCommands(db, starts),
  ])
  const countsOf = (bucketIndex: number): MetricCounts => {
    const counts = { ...emptyCounts }
    for (const rows of [messages, callbacks, joins])
      for (const { bucket, ...row } of rows) if (bucket === bucketIndex) Object.assign(counts, row)
    return counts
  }
  const points = starts.map((startsAt, index) => ({
    startsAt,
    ...countsOf(index + 2),
    waitingMessageCount: waitingMessages[index] ?? 0,
    waitingCommandCount: waitingCommands[index] ?? 0,
  }))
  const total = countsOf(0)
  for (const key of addable) total[key] = points.reduce((sum, point) => sum + point[key], 0)
  return { points, endsAt: now, total, before: countsOf(1) }
}
