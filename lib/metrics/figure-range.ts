import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { FigureSeries } from '@/lib/db/schema/figure'

const hourMs = 3_600_000

/** Where the figures of consecutive buckets come from: sums for whole hours that are summed, rows for all other times. */
export type FigureRange = {
  /** Starts of the buckets; the last one ends now. */
  starts: Date[]
  /** Hours to take from the sums, except `dividedHours`; both equal: none. */
  summed: { from: Date; until: Date }
  /** Hours in which a bucket starts after their beginning. */
  dividedHours: Date[]
  /** Times to count from rows, ascending and apart. `until` null: no end. */
  rowSpans: { from: Date; until: Date | null }[]
}

/** Finds out which hours of these buckets are summed. */
export async function resolveFigureRange(db: Db, starts: Date[]): Promise<FigureRange> {
  const [progress] = await db.execute<{ fromMs: number; untilMs: number }>(sql`
    select (extract(epoch from summed_from) * 1000)::float8 as "fromMs",
        (extract(epoch from summed_until) * 1000)::float8 as "untilMs"
      from figure_progress`)
  return divideRange(starts, progress ?? null)
}

/** The range of these buckets without any sums. */
export const rowsOnly = (starts: Date[]): FigureRange => divideRange(starts, null)

function divideRange(starts: Date[], progress: { fromMs: number; untilMs: number } | null): FigureRange {
  const firstMs = starts[0]?.getTime() ?? 0
  const fromMs = Math.max(firstMs, progress?.fromMs ?? firstMs)
  const untilMs = Math.max(fromMs, progress?.untilMs ?? fromMs)
  const startsMs = starts.map((start) => start.getTime())
  const divided = [...new Set(startsMs.filter((ms) => ms % hourMs !== 0).map((ms) => ms - (ms % hourMs)))]
  const spans = [
    { from: firstMs, until: fromMs },
    ...divided.map((ms) => ({ from: Math.max(firstMs, ms), until: ms + hourMs })),
    { from: untilMs, until: Infinity },
  ].filter(({ from, until }) => from < until)
  return {
    starts,
    summed: { from: new Date(fromMs), until: new Date(untilMs) },
    dividedHours: divided.map((ms) => new Date(ms)),
    rowSpans: merge(spans).map(({ from, until }) => ({
      from: new Date(from),
      until: until === Infinity ? null : new Date(until),
    })),
  }
}

type Span = { from: number; until: number }

function merge(spans: Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else merged.push({ ...span })
  }
  return merged
}

/**
 * SQL: a timestamp is in a time to count from rows. With constants, because no index serves times that are joined. `createdAt`: the
 * timestamp follows this one by a day at most, and an index is by this one.
 */
export function isInRowSpans({ rowSpans }: FigureRange, timestamp: SQL, { createdAt }: { createdAt?: SQL } = {}): SQL {
  const spans = rowSpans.map(({ from, until }) => {
    const [starts, ends] = [from.toISOString(), until?.toISOString() ?? 'infinity']
    const isInSpan = sql`${timestamp} >= ${starts}::timestamptz and ${timestamp} < ${ends}::timestamptz`
    if (!createdAt) return sql`(${isInSpan})`
    return sql`(${isInSpan} and ${createdAt} >= ${starts}::timestamptz - interval '1 day' and ${createdAt} < ${ends}::timestamptz)`
  })
  return sql`(${sql.join(spans, sql` or `)})`
}

/**
 * SQL: the sums of these series by hour, as `sums (hour, series, application_id, delay_step, count)`, with the changes since.
 * `applicationIds` [""]: of the series that are not divided by application.
 */
export function sumsOf(
  { summed, dividedHours }: FigureRange,
  { series, applicationIds = [''] }: { series: FigureSeries[]; applicationIds?: string[] },
): SQL {
  const isMeant = sql`series in ${series} and application_id in ${applicationIds}
    and hour >= ${summed.from.toISOString()}::timestamptz and hour < ${summed.until.toISOString()}::timestamptz
    and hour <> all (${asArray(dividedHours.map((hour) => hour.toISOString()))})`
  return sql`(select hour, series, application_id, delay_step, count from figure_hours where ${isMeant}
    union all select hour, series, application_id, delay_step, change from figure_changes where ${isMeant}) as sums`
}

/** SQL: the delay in milliseconds for which a step of `delay_step` stands, with an error of less than 2.5 %. */
export const msOfDelayStep = sql`round(power(1.05::float8, delay_step - 0.5))`

const asArray = (times: string[]) => sql`${`{${times.join(',')}}`}::timestamptz[]`
