import { asc, desc, eq, gte, inArray, lt, sql, and, or, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import type { Page, Paged } from '@/lib/paging'
import { type CallbackAttempt, type NamedEvent, selectNamedEvents } from '@/lib/callback/event/get-event'
import { likePattern } from '@/lib/db/like-pattern'

const orders = { created: callbackEvents.createdAt, attempts: callbackEvents.attemptCount }

export type EventSort = keyof typeof orders
export const eventSorts = Object.keys(orders) as EventSort[]

type EventQuery = Page & {
  applicationId?: string | undefined
  robotId?: string | undefined
  replayId?: string | undefined
  state?: NamedEvent['state'] | undefined
  type?: string | undefined
  /** Recorded at or after. */
  since?: Date | undefined
  /** Recorded before. */
  until?: Date | undefined
  /** One of our ids, or part of a message or response. A text is searched in the last 7 days unless `since` is given. */
  search?: string | undefined
  isAttemptSearched?: boolean
  sort: { by: EventSort; isDescending: boolean }
}

export type ListedEvent = NamedEvent & { lastAttempt: CallbackAttempt | null }

/** Lists a page of events, each with its last attempt, of all applications or as filtered. For operators. */
export async function listEventPage(db: Db, query: EventQuery): Promise<Paged<ListedEvent>> {
  const { applicationId, robotId, replayId, state, type, since, until, search, isAttemptSearched = true, sort } = query
  const { createdAt, sequence } = callbackEvents
  const select = () =>
    selectNamedEvents(
      db,
      applicationId ? eq(callbackEvents.applicationId, applicationId) : undefined,
      robotId ? eq(callbackEvents.robotId, robotId) : undefined,
      replayId ? eq(callbackEvents.replayId, replayId) : undefined,
      state && eq(callbackEvents.state, state),
      type ? sql`${callbackEvents.type} = ${type}` : undefined,
      since && gte(createdAt, since),
      until && lt(createdAt, until),
      search ? matchesSearch(search, { since, isAttemptSearched }) : undefined,
    ).$dynamic()
  const direction = sort.isDescending ? desc : asc
  const newest = sort.by === 'created' ? direction(sequence) : desc(sequence)
  const { rows, total } = await readPage(db, select, { ...query, orderBy: [direction(orders[sort.by]), newest] })
  const lastOf = await readLastAttempts(
    db,
    rows.map(({ id }) => id),
  )
  return { rows: rows.map((event) => ({ ...event, lastAttempt: lastOf.get(event.id) ?? null })), total }
}

async function readLastAttempts(db: Db, eventIds: string[]): Promise<Map<string, CallbackAttempt>> {
  const { eventId, number } = callbackAttempts
  const attempts = await db
    .selectDistinctOn([eventId])
    .from(callbackAttempts)
    .where(inArray(eventId, eventIds))
    .orderBy(eventId, desc(number))
  return new Map(attempts.map((attempt) => [attempt.eventId, attempt]))
}

const idColumns = {
  evt: callbackEvents.id,
  msg: callbackEvents.messageId,
  room: callbackEvents.roomId,
  rbt: callbackEvents.robotId,
}

/** Days that a text search goes back by default, because no index serves it. */
const searchDays = 7

/**
 * SQL: the events that match a text: one of our ids, otherwise part of the message, the sender's name or a response, in the
 * last 7 days unless `since` is given.
 */
export function matchesSearch(
  text: string,
  { since, isAttemptSearched }: { since: Date | undefined; isAttemptSearched: boolean },
): SQL | undefined {
  const [, prefix] = /^([a-z]+)_\w+$/.exec(text) ?? []
  const idColumn = Object.entries(idColumns).find(([name]) => name === prefix)
  if (idColumn) return eq(idColumn[1], text)
  const pattern = likePattern(text)
  const { data, id, createdAt } = callbackEvents
  const { eventId, error, responseExcerpt, startedAt } = callbackAttempts
  const start = since ? sql`${since.toISOString()}::timestamptz` : sql`now() - make_interval(days => ${searchDays})`
  const isRecent = since ? undefined : sql`${createdAt} >= ${start}`
  // Attempts follow the creation of their event, except for the difference of two machines' clocks; their index is by time.
  const isMatch = or(
    sql`${data} ->> 'content' ilike ${pattern}`,
    sql`${data} ->> 'nickname' ilike ${pattern}`,
    isAttemptSearched
      ? sql`exists (select from ${callbackAttempts}
          where ${eventId} = ${id} and ${startedAt} >= ${start} - interval '1 hour' and (${error} ilike ${pattern} or ${responseExcerpt} ilike ${pattern}))`
      : undefined,
  )
  return and(isRecent, isMatch)
}
