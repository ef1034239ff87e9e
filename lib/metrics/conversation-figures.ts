import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { bucketOf, firstOf, listBucketStarts } from '@/lib/metrics/list-bucket-starts'
import type { MetricRange } from '@/lib/metrics/range'

/** Conversations by who handled them, and how long people waited for a person. */
export type ConversationCounts = {
  /** Conversations with a reply; each counts once, for the first of operator, model, callback, rule that replied in it. */
  operatorCount: number
  modelCount: number
  callbackCount: number
  ruleCount: number
  /** Requests for a person: handovers, and conversations put back. */
  requestCount: number
  /** Conversations that an operator or the API resolved. */
  resolvedCount: number
  /** Median and 95th percentile from a request until an operator takes it, or until now; null: no requests. */
  typicalWaitMs: number | null
  slowWaitMs: number | null
  /** Median and 95th percentile from a request to the first reply of an operator; null: none replied. */
  typicalResponseMs: number | null
  slowResponseMs: number | null
}

export type ConversationPoint = ConversationCounts & { startsAt: Date }

export type ConversationFigures = {
  /** Oldest first; the last bucket is incomplete. */
  points: ConversationPoint[]
  /** Of the whole range, in which each conversation counts once. */
  total: ConversationCounts
}

const noCounts: ConversationCounts = {
  operatorCount: 0,
  modelCount: 0,
  callbackCount: 0,
  ruleCount: 0,
  requestCount: 0,
  resolvedCount: 0,
  typicalWaitMs: null,
  slowWaitMs: null,
  typicalResponseMs: null,
  slowResponseMs: null,
}

type Scope = { range: MetricRange; timeZone: string; applicationId?: string | undefined }

/** Counts conversations per minute, hour or day in `timeZone`, of one application or of all. Requests count at their time. */
export async function readConversationFigures(
  db: Db,
  { applicationId, ...range }: Scope,
): Promise<ConversationFigures> {
  const starts = await listBucketStarts(db, range)
  const isOurs = applicationId
    ? sql`robot_id in (select id from robots where application_id = ${applicationId})`
    : sql`true`
  const [handled, requests, resolved] = await Promise.all([
    countHandled(db, starts, isOurs),
    measureRequests(db, starts, isOurs),
    countResolved(db, starts, isOurs),
  ])
  const countsOf = (bucketIndex: number): ConversationCounts => {
    const counts = { ...noCounts }
    for (const rows of [handled, requests, resolved])
      for (const { bucket, ...row } of rows) if (bucket === bucketIndex) Object.assign(counts, row)
    return counts
  }
  return {
    points: starts.map((startsAt, index) => ({ startsAt, ...countsOf(index + 1) })),
    total: countsOf(0),
  }
}

type Filter = ReturnType<typeof sql>

/** Bucket 0 is the whole range. */
function countHandled(db: Db, starts: Date[], isOurs: Filter) {
  const countOf = (rank: number) => sql`(count(*) filter (where rank = ${rank}::int))::int`
  type Row = Pick<ConversationCounts, 'operatorCount' | 'modelCount' | 'callbackCount' | 'ruleCount'>
  return db.execute<Row & { bucket: number }>(sql`
    with replies as (
      select ${bucketOf(sql`created_at`, starts)} as bucket, robot_id, coalesce(room_id, peer_username) as peer,
          array_position('{operator,model,callback,rule}'::text[], reply_source) as rank
        from messages
        where reply_source is not null and created_at >= ${firstOf(starts)} and state in ('queued', 'sending', 'sent') and ${isOurs}),
    conversations as (
      select whole.bucket, robot_id, peer, min(rank) as rank
        from replies cross join lateral (values (replies.bucket), (0)) as whole (bucket)
        group by 1, 2, 3)
    select bucket, ${countOf(1)} as "operatorCount", ${countOf(2)} as "modelCount", ${countOf(3)} as "callbackCount",
        ${countOf(4)} as "ruleCount"
      from conversations group by bucket`)
}

/** A request ends when an operator takes or resolves it. */
function measureRequests(db: Db, starts: Date[], isOurs: Filter) {
  const percentile = (share: number, ms: 'wait_ms' | 'response_ms') =>
    sql`(percentile_disc(${share}::float8) within group (order by ${sql.raw(ms)}))::float8`
  const msFrom = (end: ReturnType<typeof sql>) => sql`round(date_part('epoch', ${end} - request.created_at) * 1000)`
  type Row = Omit<ConversationCounts, 'operatorCount' | 'modelCount' | 'callbackCount' | 'ruleCount' | 'resolvedCount'>
  return db.execute<Row & { bucket: number }>(sql`
    with answers as materialized (
      select robot_id, coalesce(room_id, peer_username) as peer, created_at
        from messages
        where reply_source is not null and reply_source = 'operator' and created_at >= ${firstOf(starts)}
          and state in ('queued', 'sending', 'sent') and ${isOurs}),
    requests as (
      select request.id, request.conversation_id, request.created_at, robot_id, coalesce(room_id, peer_username) as peer
        from conversation_entries as request join conversations on conversations.id = request.conversation_id
        where request.created_at >= ${firstOf(starts)} and ${isOurs}
          and (request.kind in ('handover_requested', 'released') or request.kind = 'reopened' and request.operator_id is null)),
    answered as (
      select request.id, min(answers.created_at) as at
        from requests as request join answers
          on answers.robot_id = request.robot_id and answers.peer = request.peer and answers.created_at >= request.created_at
        group by 1),
    measured as (
      select ${bucketOf(sql`request.created_at`, starts)} as bucket, ${msFrom(sql`coalesce(taken.at, statement_timestamp())`)} as wait_ms,
          ${msFrom(sql`answered.at`)} as response_ms
        from requests as request left join answered on answered.id = request.id
        cross join lateral (
          select min(later.created_at) as at from conversation_entries as later
            where later.conversation_id = request.conversation_id and later.created_at >= request.created_at
              and later.id > request.id and later.kind in ('assigned', 'resolved')) as taken)
    select whole.bucket, count(*)::int as "requestCount", ${percentile(0.5, 'wait_ms')} as "typicalWaitMs",
        ${percentile(0.95, 'wait_ms')} as "slowWaitMs", ${percentile(0.5, 'response_ms')} as "typicalResponseMs",
        ${percentile(0.95, 'response_ms')} as "slowResponseMs"
      from measured cross join lateral (values (measured.bucket), (0)) as whole (bucket)
      group by 1`)
}

function countResolved(db: Db, starts: Date[], isOurs: Filter) {
  return db.execute<{ bucket: number; resolvedCount: number }>(sql`
    select whole.bucket, count(*)::int as "resolvedCount"
      from conversation_entries as entry join conversations on conversations.id = entry.conversation_id
      cross join lateral (values (${bucketOf(sql`entry.created_at`, starts)}), (0)) as whole (bucket)
      where entry.created_at >= ${firstOf(starts)} and entry.kind = 'resolved' and ${isOurs}
      group by 1`)
}
