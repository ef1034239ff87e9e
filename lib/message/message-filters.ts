import { and, eq, ilike, inArray, or, type SQL, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import { messages } from '../db/schema/message'

type State = (typeof messages.$inferSelect)['state']

/** What an operator looks for among messages; what is not given does not filter. */
export type MessageFilters = {
  roomId?: string | undefined
  direction?: 'in' | 'out' | undefined
  /** `failed`: refused, or nobody knows whether it arrived. */
  state?: State | 'failed' | undefined
  /** Part of what was said or of who said it; or the whole id of a message. */
  search?: string | undefined
  since?: Date | undefined
  /** Up to and without it. */
  until?: Date | undefined
}

/** The filters as SQL. A text, which nothing but reading finds, is looked for so many days back where no `since` is given. */
export function matchesFilters(filters: MessageFilters, { searchedDays }: { searchedDays: number }): SQL | undefined {
  const { roomId, direction, state, search, until } = filters
  const since = startOf(filters, searchedDays)
  return and(
    roomId ? eq(messages.roomId, roomId) : undefined,
    direction && eq(messages.direction, direction),
    state && (state === 'failed' ? inArray(messages.state, ['refused', 'unknown']) : eq(messages.state, state)),
    search ? matchesText(search) : undefined,
    since && sql`${messages.createdAt} >= ${since}`,
    until && sql`${messages.createdAt} < ${until.toISOString()}::timestamptz`,
  )
}

/** Generous bounds of the numbers that messages of that time have, so that one robot's are read by its index from there to there. */
export function numberedWithin(filters: MessageFilters, { searchedDays }: { searchedDays: number }): SQL | undefined {
  const since = startOf(filters, searchedDays)
  const until = filters.until && sql`${filters.until.toISOString()}::timestamptz`
  // A number is drawn when a row is inserted, its time when its transaction began: at most minutes apart.
  const before =
    since &&
    sql`(select sequence from messages where created_at < ${since} - interval '10 minutes'
    order by created_at desc limit 1)`
  const after =
    until &&
    sql`(select sequence from messages where created_at > ${until} + interval '10 minutes'
    order by created_at limit 1)`
  return and(
    before && sql`${messages.sequence} > coalesce(${before}, 0)`,
    after && sql`${messages.sequence} < coalesce(${after}, 9223372036854775807)`,
  )
}

function startOf({ search, since }: MessageFilters, searchedDays: number): SQL | undefined {
  // `now()`, because an index finds nothing by a clock that runs on.
  if (since) return sql`${since.toISOString()}::timestamptz`
  return search && !isId(search) ? sql`now() - make_interval(days => ${searchedDays})` : undefined
}

function matchesText(search: string): SQL | undefined {
  if (isId(search)) return eq(messages.id, search)
  const pattern = containing(search)
  return or(ilike(messages.content, pattern), ilike(messages.senderName, pattern))
}

const isId = (text: string) => /^msg_\w+$/.test(text)
