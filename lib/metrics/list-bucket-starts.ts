import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { type MetricRange, rangeBuckets } from './range'

/** Lists when each minute, hour or day of a range began by the clocks of `timeZone`, oldest first; the last is under way. */
export async function listBucketStarts(
  db: Db,
  { range, timeZone }: { range: MetricRange; timeZone: string },
): Promise<Date[]> {
  const { unit, seconds, count } = rangeBuckets[range]
  // Counted back from the middle of one, so that a day of 23 or 25 hours is neither skipped nor met twice.
  const middle = sql`date_trunc(${unit}, clock_timestamp(), ${timeZone}) + make_interval(secs => ${seconds / 2})`
  const rows = await db.execute<{ startsAtMs: number }>(sql`
    select (extract(epoch from
        date_trunc(${unit}, ${middle} - back * make_interval(secs => ${seconds}), ${timeZone})) * 1000)::float8 as "startsAtMs"
      from generate_series(0, ${count - 1}::int) as back
      order by 1`)
  return rows.map(({ startsAtMs }) => new Date(startsAtMs))
}

/** SQL: the place of a moment among these starts, 1 for the first; 0 = before them all. */
export function bucketOf(moment: SQL, starts: Date[]): SQL {
  return sql`width_bucket(${moment}, ${asArray(starts)})`
}

/** SQL: the moment the first bucket began. */
export function firstOf(starts: Date[]): SQL {
  return sql`(${asArray(starts)})[1]`
}

const asArray = (starts: Date[]) => sql`${`{${starts.map((start) => start.toISOString()).join(',')}}`}::timestamptz[]`
