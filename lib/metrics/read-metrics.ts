import type { Db } from '../db/client'
import { countMessages, type MessageCounts } from './count-messages'
import { countTries, type TryCounts } from './count-tries'
import { listBucketStarts } from './list-bucket-starts'
import { measureWaitingCommands, measureWaitingMessages } from './measure-waiting'
import type { MetricRange } from './range'

/** One minute, hour or day. */
export type MetricPoint = Omit<MessageCounts & TryCounts, 'bucket'> & {
  startsAt: Date
  /** Waiting at its end. */
  waitingMessageCount: number
  waitingCommandCount: number
}

const nothing = {
  receivedCount: 0,
  sentCount: 0,
  failedCount: 0,
  deliveredCount: 0,
  undeliveredCount: 0,
  typicalDelayMs: null,
  slowDelayMs: null,
}

/**
 * Counts what went through, oldest first, one point a minute (`1h`), hour (`24h`) or day (`7d`) by the clocks of `timeZone`.
 * The last point is under way.
 */
export async function readMetrics(db: Db, options: { range: MetricRange; timeZone: string }): Promise<MetricPoint[]> {
  const starts = await listBucketStarts(db, options)
  const [messages, tries, waitingMessages, waitingCommands] = await Promise.all([
    countMessages(db, starts),
    countTries(db, starts),
    measureWaitingMessages(db, starts),
    measureWaitingCommands(db, starts),
  ])
  return starts.map((startsAt, index) => {
    const isHere = ({ bucket }: { bucket: number }) => bucket === index + 1
    const { bucket: _, ...counts } = { bucket: 0, ...nothing, ...messages.find(isHere), ...tries.find(isHere) }
    return {
      startsAt,
      ...counts,
      waitingMessageCount: waitingMessages[index] ?? 0,
      waitingCommandCount: waitingCommands[index] ?? 0,
    }
  })
}
