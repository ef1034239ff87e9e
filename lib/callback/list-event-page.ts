import { asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { readPage } from '../db/read-page'
import { callbackAttempts, callbackEvents } from '../db/schema/callback'
import type { Page, Paged } from '../paging'
import type { CallbackAttempt } from './list-attempts'
import { searched } from './search-events'
import { type NamedEvent, selectNamedEvents } from './select-named-events'

const orders = { created: callbackEvents.createdAt, attempts: callbackEvents.attemptCount }

export type EventSort = keyof typeof orders
export const eventSorts = Object.keys(orders) as EventSort[]

type Wanted = Page & {
  applicationId?: string | undefined
  robotId?: string | undefined
  replayId?: string | undefined
  state?: NamedEvent['state'] | undefined
  type?: string | undefined
  /** When it arose: from, and before. */
  since?: Date | undefined
  until?: Date | undefined
  /** An id of ours, or part of what was said or answered, which is looked for 7 days back unless `since` is given. */
  search?: string | undefined
  sort: { by: EventSort; isDescending: boolean }
}

export type ListedEvent = NamedEvent & { lastAttempt: CallbackAttempt | null }

/** Lists a page of the callbacks that are wanted, each with its last try, of all applications: for operators. */
export async function listEventPage(db: Db, wanted: Wanted): Promise<Paged<ListedEvent>> {
  const { applicationId, robotId, replayId, state, type, since, until, search, sort } = wanted
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
      search ? searched(search, { since }) : undefined,
    ).$dynamic()
  const direction = sort.isDescending ? desc : asc
  const newest = sort.by === 'created' ? direction(sequence) : desc(sequence)
  const { rows, total } = await readPage(db, select, { ...wanted, orderBy: [direction(orders[sort.by]), newest] })
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
