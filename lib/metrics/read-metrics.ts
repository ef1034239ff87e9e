import type { Db } from '../db/client'
import { type CallbackCounts, countCallbacks } from './count-callbacks'
import { countJoins, type JoinCounts } from './count-joins'
import { countMessages, type MessageCounts } from './count-messages'
import { listBucketStarts } from './list-bucket-starts'
import { measureWaitingCommands, measureWaitingMessages } from './measure-waiting'
import type { MetricRange } from './range'

export type MetricCounts = MessageCounts & CallbackCounts & JoinCounts

/** One minute, hour or day. */
export type MetricPoint = MetricCounts & {
  startsAt: Date
  /** Waiting at its end. */
  waitingMessageCount: number
  waitingCommandCount: number
}

export type Metrics = {
  /** Oldest first; the last is under way. */
  points: MetricPoint[]
  endsAt: Date
  total: MetricCounts
  /** Of just as long a time right before the first point. */
  before: MetricCounts
}

const nothing: MetricCounts = {
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

/** Callbacks come with their sum, because delays cannot be added. */
const addable = ['receivedCount', 'sentCount', 'failedCount', 'qunCount', 'joinCount'] as const

/**
 * Counts what went through, one point a minute (`1h`), hour (`24h`) or day (`7d`) by the clocks of `timeZone`, in all, and before.
 */
export async function readMetrics(
  db: Db,
  { range, timeZone, now = new Date() }: { range: MetricRange; timeZone: string; now?: Date },
): Promise<Metrics> {
  const starts = await listBucketStarts(db, { range, timeZone })
  const firstMs = starts[0]?.getTime() ?? now.getTime()
  const spans = [new Date(2 * firstMs - now.getTime()), ...starts]
  const [messages, callbacks, joins, waitingMessages, waitingCommands] = await Promise.all([
    countMessages(db, spans),
    countCallbacks(db, spans),
    countJoins(db, spans),
    measureWaitingMessages(db, starts),
    measureWaitingCommands(db, starts),
  ])
  const countsOf = (wanted: number): MetricCounts => {
    const counts = { ...nothing }
    for (const rows of [messages, callbacks, joins])
      for (const { bucket, ...row } of rows) if (bucket === wanted) Object.assign(counts, row)
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
