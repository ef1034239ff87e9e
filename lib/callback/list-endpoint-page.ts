import { and, asc, eq, ilike, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { containing } from '../db/containing'
import { readPage } from '../db/read-page'
import { applications } from '../db/schema/application'
import { callbackEndpoints } from '../db/schema/callback'
import { AppError } from '../errors'
import type { Page, Paged } from '../paging'
import { breakerFailures } from './endpoint-gate'

/** How an endpoint stands, the worst first: nothing sent; breaker open; asked for time; it failed just now; all is well. */
export const endpointStates = ['paused', 'failing', 'held', 'shaky', 'healthy'] as const
export type EndpointState = (typeof endpointStates)[number]

/** Where an application is told of things, and what stands against it. */
export type Endpoint = Awaited<ReturnType<typeof selectEndpoints>>[number]

const { pausedAt, failureCount, heldUntil } = callbackEndpoints
const state = sql<EndpointState>`(case when ${pausedAt} is not null then 'paused'
  when ${failureCount} >= ${breakerFailures} then 'failing' when ${heldUntil} > clock_timestamp() then 'held'
  when ${failureCount} > 0 then 'shaky' else 'healthy' end)`
const stateOrder = sql`array_position(array['paused', 'failing', 'held', 'shaky', 'healthy'], ${state})`

/** Lists a page of the applications that have an endpoint, those in trouble first: for operators. */
export async function listEndpointPage(
  db: Db,
  wanted: Page & { state?: EndpointState | undefined; search?: string | undefined },
): Promise<Paged<Endpoint>> {
  const pattern = containing(wanted.search ?? '')
  const select = () =>
    selectEndpoints(
      db,
      isNotNull(applications.callbackUrl),
      wanted.state && sql`${state} = ${wanted.state}`,
      wanted.search ? or(ilike(applications.name, pattern), ilike(applications.callbackUrl, pattern)) : undefined,
    ).$dynamic()
  return readPage(db, select, { ...wanted, orderBy: [stateOrder, asc(applications.name), asc(applications.id)] })
}

/** Reads how one application's endpoint stands. @throws NOT_FOUND */
export async function getEndpointOrThrow(db: Db, { applicationId }: { applicationId: string }): Promise<Endpoint> {
  const [endpoint] = await selectEndpoints(db, eq(applications.id, applicationId))
  if (!endpoint) throw new AppError('NOT_FOUND', '应用不存在')
  return endpoint
}

/** A row about another address than the application's of now says nothing. */
function selectEndpoints(db: Db, ...conditions: (SQL | undefined)[]) {
  const { applicationId, url, pauseReason, failingSince, lastFailedAt } = callbackEndpoints
  return db
    .select({
      id: applications.id,
      name: applications.name,
      url: applications.callbackUrl,
      disabledAt: applications.disabledAt,
      state,
      failureCount: sql<number>`coalesce(${failureCount}, 0)`,
      pauseReason,
      pausedAt,
      failingSince,
      lastFailedAt,
      /** When it is tried again; past or null = now. */
      heldUntil,
    })
    .from(applications)
    .leftJoin(callbackEndpoints, and(eq(applicationId, applications.id), eq(url, applications.callbackUrl)))
    .where(and(...conditions))
}
