import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { messages } from '@/lib/db/schema/message'
import { contains, isTextIndexed, messageMayContain } from '@/lib/db/text-search'
import { isFailedSend } from '@/lib/metrics/is-failed-send'

type State = (typeof messages.$inferSelect)['state']

/** The filters of every message list; an undefined one does not filter. */
export type MessageFilters = {
  roomId?: string | undefined
  direction?: 'in' | 'out' | undefined
  /** `failed`: all sends that match `isFailedSend`. */
  state?: State | 'failed' | undefined
  /** Part of the content or of the sender's name, or the complete id of a message. */
  search?: string | undefined
  since?: Date | undefined
  /** Exclusive. */
  until?: Date | undefined
}

/**
 * Returns the filters as SQL. No index serves a search for one character: without `since` it covers `searchedDays`. `isByIndex` false: the
 * caller adds the condition that an index serves.
 */
export function matchesFilters(
  filters: MessageFilters,
  { searchedDays, isByIndex = true }: { searchedDays: number; isByIndex?: boolean },
): SQL | undefined {
  const { roomId, direction, state, search, until } = filters
  const since = startOf(filters, searchedDays)
  return and(
    roomId ? eq(messages.roomId, roomId) : undefined,
    direction && eq(messages.direction, direction),
    state && (state === 'failed' ? isFailedSend : eq(messages.state, state)),
    search ? matchesText(search, isByIndex) : undefined,
    since && sql`${messages.createdAt} >= ${since}`,
    until && sql`${messages.createdAt} < ${until.toISOString()}::timestamptz`,
  )
}

/** Returns wide bounds of the sequence numbers in that time, so that one robot's messages are read by its index. */
export function isInSequenceRange(
  filters: MessageFilters,
  { searchedDays }: { searchedDays: number },
): SQL | undefined {
  const since = startOf(filters, searchedDays)
  const until = filters.until && sql`${filters.until.toISOString()}::timestamptz`
  // A sequence number is drawn at the insert, the time is that of the transaction's start: up to minutes apart.
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
  // `now()`, because an index cannot be used with the volatile `clock_timestamp()`.
  if (since) return sql`${since.toISOString()}::timestamptz`
  return search && !isId(search) && !isTextIndexed(search)
    ? sql`now() - make_interval(days => ${searchedDays})`
    : undefined
}

/** Returns whether a search finds a frequent text by an index that does not know how frequent it is. */
export function isLongText(search: string | undefined): search is string {
  return search !== undefined && !isId(search) && [...search].length > 2
}

function matchesText(search: string, isByIndex: boolean): SQL | undefined {
  if (isId(search)) return eq(messages.id, search)
  const matches = or(contains(messages.content, search), contains(messages.senderName, search))
  return isByIndex && isTextIndexed(search) ? and(messageMayContain(search), matches) : matches
}

const isId = (text: string) => /^msg_\w+$/.test(text)
