import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** Days that the first run goes back: twice the longest range of the figures, and a day for its time zone. */
const firstDays = 15
/** Hours that one statement sums; busy ones have to end before its timeout. */
const batchHours = 4

/**
 * Sums the figures of the next hours that ended at least an hour ago, up to four of them, and returns their number. The rows and the
 * recorded changes are read in one snapshot: a change that it contains is not added again, and every other one is added later.
 */
export async function sumNextHours(db: Db): Promise<number> {
  const thisHour = sql`date_trunc('hour', statement_timestamp(), 'UTC')`
  await db.execute(sql`
    insert into figure_progress (id, summed_from, summed_until)
      select 1, start, start from (select ${thisHour} - make_interval(days => ${firstDays}) as start) as first
      on conflict do nothing`)
  const [next] = await db.execute<{ starts: string; ends: string }>(sql`
    select summed_until::text as starts, ends::text from figure_progress,
        least(summed_until + make_interval(hours => ${batchHours}), ${thisHour} - interval '1 hour') as ends
      where ends > summed_until`)
  if (!next) return 0
  // Constants, because no index serves times that are joined.
  const starts = sql`${next.starts}::timestamptz`
  const ends = sql`${next.ends}::timestamptz`
  const [summed] = await db.execute<{ hours: number }>(sql`
    with moved as (
      update figure_progress set summed_until = ${ends} where summed_until = ${starts}
        returning (extract(epoch from ${ends} - ${starts}) / 3600)::int as hours),
    included as (
      delete from figure_changes using moved where hour >= ${starts} and hour < ${ends}),
    counted as (
      select figure.* from messages cross join lateral message_figures(messages) as figure
        where messages.created_at >= ${starts} and messages.created_at < ${ends} and figure.series <> 'ended'
      union all
      -- A message waits for at most a day.
      select figure.* from messages cross join lateral message_figures(messages) as figure
        where messages.created_at >= ${starts} - interval '25 hours' and messages.created_at < ${ends}
          and messages.finished_at >= ${starts} and messages.finished_at < ${ends} and figure.series = 'ended'
      union all
      select figure.* from callback_events cross join lateral event_figures(callback_events) as figure
        where callback_events.created_at >= ${starts} and callback_events.created_at < ${ends} and figure.series <> 'endpoint_dead'
      union all
      -- The index of dead events is by application, and \`offset\` keeps the order of the joins.
      select figure.* from applications
        cross join lateral (
          select callback_events from callback_events
            where application_id = applications.id and state = 'dead' and finished_at >= ${starts} and finished_at < ${ends}
            offset 0) as dead (event)
        cross join lateral event_figures(dead.event) as figure where figure.series = 'endpoint_dead'
      union all
      select figure.* from callback_attempts cross join lateral attempt_figures(callback_attempts) as figure
        where callback_attempts.started_at >= ${starts} and callback_attempts.started_at < ${ends}),
    written as (
      insert into figure_hours (hour, series, application_id, delay_step, count)
        select date_trunc('hour', at, 'UTC'), series, application_id, delay_step, count(*) from counted cross join moved
          group by 1, 2, 3, 4)
    select hours from moved`)
  return summed?.hours ?? 0
}

/** Adds one batch of recorded changes to the sums of their hours; returns their number. */
export async function addLateChanges(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const [added] = await db.execute<{ count: number }>(sql`
    with taken as (
      delete from figure_changes where id in (
        select id from figure_changes where hour < (select summed_until from figure_progress)
          order by id limit ${batchSize} for update skip locked)
        returning hour, series, application_id, delay_step, change),
    written as (
      insert into figure_hours as sums (hour, series, application_id, delay_step, count)
        select hour, series, application_id, delay_step, sum(change) from taken group by 1, 2, 3, 4 having sum(change) <> 0
        on conflict (series, application_id, hour, delay_step) do update set count = sums.count + excluded.count)
    select count(*)::int as count from taken`)
  return added?.count ?? 0
}

/** Deletes one batch of old sums; returns their number. */
export async function deleteOldSums(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from figure_hours where (series, application_id, hour, delay_step) in (
      select series, application_id, hour, delay_step from figure_hours
        where hour < statement_timestamp() - make_interval(days => ${olderThanDays})
        order by hour limit ${batchSize})
      returning 1`)
  return rows.length
}
