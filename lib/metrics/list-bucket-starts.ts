import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { type MetricRange, rangeBuckets } from '@/lib/metrics/range'

/** Lists the starts of the minutes, hours or days of a range in `timeZone`, oldest first; the last bucket is incomplete. */
export async function listBucketStarts(
  db: Db,
  { range, timeZone }: { range: MetricRange; timeZone: string },
): Promise<Date[]> {
  const { unit, seconds, count } = rangeBuckets[range]
  // Counts back from the middle of a bucket, so that a day of 23 or 25 hours is neither skipped nor repeated.
  const middle = sql`date_trunc(${unit}, clock_timestamp(), ${timeZone}) + make_interval(secs => ${seconds / 2})`
  const rows = await db.execute<{ startsAtMs: number }>(sql`
    select (extract(epoch from
        date_trunc(${unit}, ${middle} - back * make_interval(secs => ${seconds}), ${timeZone})) * 1000)::float8 as "startsAtMs"
      from generate_series(0, ${count - 1}::int) as back
      order by 1`)
  return rows.map(({ startsAtMs }) => new Date(startsAtMs))
}

/** SQL: number of the bucket that contains a timestamp, from 1; 0: before the first. */
export function bucketOf(timestamp: SQL, starts: Date[]): SQL {
  return sql`width_bucket(${timestamp}, ${asArray(starts)})`
}

/** SQL: start of the first bucket. */
export function firstOf(starts: Date[]): SQL {
  return sql`(${asArray(starts)})[1]`
}

const asArray = (starts: Date[]) => sql`${`{${starts.map((start) => start.toISOString()).join(',')}}`}::timestamptz[]`
