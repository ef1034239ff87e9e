import { and, asc, eq, ilike, isNotNull, or, type SQL, sql, isNull } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { likePattern } from '@/lib/db/like-pattern'
import { readPage } from '@/lib/db/read-page'
import { applications } from '@/lib/db/schema/application'
import { callbackEndpoints } from '@/lib/db/schema/callback'
import { AppError } from '@/lib/errors'
import type { Page, Paged } from '@/lib/paging'
import { breakerFailures } from '@/lib/callback/endpoint/gate'

/** Delivery health, worst first: paused; breaker open; delay requested by Retry-After; last attempt failed; healthy. */
export const endpointStates = ['paused', 'failing', 'held', 'shaky', 'healthy'] as const
export type EndpointState = (typeof endpointStates)[number]

/** An application's endpoint and its delivery health. */
export type Endpoint = Awaited<ReturnType<typeof selectEndpoints>>[number]

const { pausedAt, failureCount, heldUntil } = callbackEndpoints
const state = sql<EndpointState>`(case when ${pausedAt} is not null then 'paused'
  when ${failureCount} >= ${breakerFailures} then 'failing' when ${heldUntil} > clock_timestamp() then 'held'
  when ${failureCount} > 0 then 'shaky' else 'healthy' end)`
const stateOrder = sql`array_position(array['paused', 'failing', 'held', 'shaky', 'healthy'], ${state})`

/** Lists a page of the applications that have an endpoint, the least healthy first. For operators. */
export async function listEndpointPage(
  db: Db,
  query: Page & { state?: EndpointState | undefined; search?: string | undefined; isUrlSearched?: boolean },
): Promise<Paged<Endpoint>> {
  const { isUrlSearched = true } = query
  const pattern = likePattern(query.search ?? '')
  const isInUrl = isUrlSearched ? ilike(applications.callbackUrl, pattern) : undefined
  const select = () =>
    selectEndpoints(
      db,
      isNotNull(applications.callbackUrl),
      query.state && sql`${state} = ${query.state}`,
      query.search ? or(ilike(applications.name, pattern), isInUrl) : undefined,
    ).$dynamic()
  return readPage(db, select, { ...query, orderBy: [stateOrder, asc(applications.name), asc(applications.id)] })
}

/** Returns the endpoint of one application. @throws NOT_FOUND */
export async function getEndpointOrThrow(db: Db, { applicationId }: { applicationId: string }): Promise<Endpoint> {
  const [endpoint] = await selectEndpoints(db, eq(applications.id, applicationId))
  if (!endpoint) throw new AppError('NOT_FOUND', { reason: 'application_not_found' })
  return endpoint
}

/** Ignores a row for a previous callback URL. */
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
      /** When the next attempt is allowed; in the past or null: now. */
      heldUntil,
    })
    .from(applications)
    .leftJoin(callbackEndpoints, and(eq(applicationId, applications.id), eq(url, applications.callbackUrl)))
    .where(and(...conditions))
}

export type FailingEndpoint = {
  applicationId: string
  applicationName: string
  url: string
  state: 'paused' | 'failing'
  pauseReason: (typeof callbackEndpoints.$inferSelect)['pauseReason']
  failingSince: Date | null
  /** When the next probe is sent; null if paused. */
  heldUntil: Date | null
}

/** Lists endpoints that are paused or whose breaker is open, except those of disabled applications. For operators. */
export async function listFailingEndpoints(db: Db): Promise<FailingEndpoint[]> {
  const rows = await db
    .select({ endpoint: callbackEndpoints, name: applications.name })
    .from(callbackEndpoints)
    .innerJoin(
      applications,
      and(eq(applications.id, callbackEndpoints.applicationId), eq(applications.callbackUrl, callbackEndpoints.url)),
    )
    .where(isNull(applications.disabledAt))
    .orderBy(callbackEndpoints.failingSince)
  return rows
    .filter(({ endpoint }) => endpoint.pausedAt !== null || endpoint.failureCount >= breakerFailures)
    .map(({ endpoint, name }) => ({
      applicationId: endpoint.applicationId,
      applicationName: name,
      url: endpoint.url,
      state: endpoint.pausedAt ? 'paused' : 'failing',
      pauseReason: endpoint.pauseReason,
      failingSince: endpoint.failingSince,
      heldUntil: endpoint.pausedAt ? null : endpoint.heldUntil,
    }))
}
