import { asc, desc, eq, gte, inArray, lt, sql, and, or, type SQL } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import { maxCounted, type Page, type Paged } from '@/lib/paging'
import { isOfEndpoint } from '@/lib/callback/delivery/replay'
import { type CallbackAttempt, type NamedEvent, selectNamedEvents } from '@/lib/callback/event/get-event'
import { attemptMayContain, contains, eventMayContain, isTextIndexed } from '@/lib/db/text-search'

const orders = { created: callbackEvents.createdAt, attempts: callbackEvents.attemptCount }

export type EventSort = keyof typeof orders
export const eventSorts = Object.keys(orders) as EventSort[]

type EventQuery = Page & {
  applicationId?: string | undefined
  /** null: the default endpoint and logins. */
  endpointId?: string | null | undefined
  robotId?: string | undefined
  replayId?: string | undefined
  state?: NamedEvent['state'] | undefined
  type?: string | undefined
  /** Recorded at or after. */
  since?: Date | undefined
  /** Recorded before. */
  until?: Date | undefined
  /** One of our ids, or part of a message or response. One character is searched in the last 7 days unless `since` is given. */
  search?: string | undefined
  isAttemptSearched?: boolean
  sort: { by: EventSort; isDescending: boolean }
}

export type ListedEvent = NamedEvent & { lastAttempt: CallbackAttempt | null }

/** Lists a page of events, each with its last attempt, of all applications or as filtered. For operators. */
export async function listEventPage(db: Db, query: EventQuery): Promise<Paged<ListedEvent>> {
  const {
    applicationId,
    endpointId,
    robotId,
    replayId,
    state,
    type,
    since,
    until,
    search,
    isAttemptSearched = true,
    sort,
  } = query
  const { createdAt, sequence } = callbackEvents
  const direction = sort.isDescending ? desc : asc
  const newest = sort.by === 'created' ? direction(sequence) : desc(sequence)
  const orderBy = [direction(orders[sort.by]), newest]
  const select = (first?: First) => {
    const where = and(
      applicationId ? eq(callbackEvents.applicationId, applicationId) : undefined,
      isOfEndpoint(endpointId),
      robotId ? eq(callbackEvents.robotId, robotId) : undefined,
      replayId ? eq(callbackEvents.replayId, replayId) : undefined,
      state && eq(callbackEvents.state, state),
      type ? sql`${callbackEvents.type} = ${type}` : undefined,
      since && gte(createdAt, since),
      until && lt(createdAt, until),
    )
    const isFound = search ? matchesSearch(db, search, { since, isAttemptSearched, where, first }) : undefined
    return selectNamedEvents(db, where, isFound).$dynamic()
  }
  const { rows, total } = await readPage(db, select, { ...query, orderBy })
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

/** Days that a search for one character goes back by default, because no index serves it. */
const searchDays = 7

type Search = { since: Date | undefined; isAttemptSearched: boolean }
type First = { count: number; orderBy: SQL[] }
type Candidates = { where: SQL | undefined; first: First | undefined }

/**
 * SQL: the events that match a text: one of our ids, otherwise part of the message, the sender's name or a response. Of all
 * matches of `where` the `first` ones; undefined: as many as are counted, in any order.
 */
function matchesSearch(db: Db, text: string, search: Search & Candidates): SQL | undefined {
  const [, prefix] = /^([a-z]+)_\w+$/.exec(text) ?? []
  const idColumn = Object.entries(idColumns).find(([name]) => name === prefix)
  if (idColumn) return eq(idColumn[1], text)
  return isTextIndexed(text) ? inArray(callbackEvents.id, candidates(db, text, search)) : matchesCharacter(text, search)
}

/** The matches by each index: a condition with `or` over two tables would use neither. */
function candidates(db: Db, text: string, { where, first, isAttemptSearched }: Search & Candidates) {
  const { id } = callbackEvents
  const select = (matches: SQL | undefined) =>
    db
      .select({ id })
      .from(callbackEvents)
      .where(and(where, matches))
      .orderBy(...(first?.orderBy ?? []))
      .limit(first?.count ?? maxCounted + 1)
  const byEvent = select(and(eventMayContain(text), isInEvent(text)))
  if (!isAttemptSearched) return byEvent
  const attempts = db
    .select({ eventId: callbackAttempts.eventId })
    .from(callbackAttempts)
    .where(and(attemptMayContain(text), isInAttempt(text)))
  return union(byEvent, select(inArray(id, attempts)))
}

function isInEvent(text: string): SQL | undefined {
  const { data } = callbackEvents
  return or(contains(sql`${data} ->> 'content'`, text), contains(sql`${data} ->> 'nickname'`, text))
}

const isInAttempt = (text: string): SQL | undefined =>
  or(contains(callbackAttempts.error, text), contains(callbackAttempts.responseExcerpt, text))

function matchesCharacter(text: string, { since, isAttemptSearched }: Search): SQL | undefined {
  const { id, createdAt } = callbackEvents
  const { eventId, startedAt } = callbackAttempts
  const start = since ? sql`${since.toISOString()}::timestamptz` : sql`now() - make_interval(days => ${searchDays})`
  // Attempts follow the creation of their event, except for the difference of two machines' clocks; their index is by time.
  const isInResponse = isAttemptSearched
    ? sql`exists (select from ${callbackAttempts} where ${eventId} = ${id}
        and ${startedAt} >= ${start} - interval '1 hour' and ${isInAttempt(text)})`
    : undefined
  return and(since ? undefined : sql`${createdAt} >= ${start}`, or(isInEvent(text), isInResponse))
}
