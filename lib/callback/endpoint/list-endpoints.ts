import { and, asc, eq, getTableColumns, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db/client'
import { likePattern } from '@/lib/db/like-pattern'
import { readPage } from '@/lib/db/read-page'
import { applications } from '@/lib/db/schema/application'
import { callbackEndpoints } from '@/lib/db/schema/callback'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import type { Page, Paged } from '@/lib/paging'
import { breakerFailures } from '@/lib/callback/endpoint/gate'

/** Delivery health, worst first: paused; breaker open; delay requested by Retry-After; last attempt failed; healthy. */
export const endpointStates = ['paused', 'failing', 'held', 'shaky', 'healthy'] as const
export type EndpointState = (typeof endpointStates)[number]

/** An endpoint of an application and its delivery health. */
export type Endpoint = Awaited<ReturnType<typeof selectEndpoints>>[number]

const { pausedAt, failureCount, heldUntil } = callbackEndpoints
const state = sql<EndpointState>`(case when ${pausedAt} is not null then 'paused'
  when ${failureCount} >= ${breakerFailures} then 'failing' when ${heldUntil} > clock_timestamp() then 'held'
  when ${failureCount} > 0 then 'shaky' else 'healthy' end)`
const stateOrder = sql`array_position(array['paused', 'failing', 'held', 'shaky', 'healthy'], ${state})`

/** Lists a page of the endpoints of all applications, the least healthy first. For operators. */
export async function listEndpointPage(
  db: Db,
  query: Page & { state?: EndpointState | undefined; search?: string | undefined; isUrlSearched?: boolean },
): Promise<Paged<Endpoint>> {
  const { isUrlSearched = true } = query
  const pattern = likePattern(query.search ?? '')
  const target = targets(db)
  const isInUrl = isUrlSearched ? ilike(target.url, pattern) : undefined
  const isFound = or(ilike(target.name, pattern), ilike(target.endpointName, pattern), isInUrl)
  const select = () =>
    selectEndpoints(
      db,
      target,
      isNotNull(target.url),
      query.state && sql`${state} = ${query.state}`,
      query.search ? isFound : undefined,
    ).$dynamic()
  const byName = [asc(target.name), sql`${target.endpointId} is not null`, asc(target.endpointName), asc(target.id)]
  return readPage(db, select, { ...query, orderBy: [stateOrder, ...byName] })
}

/** Lists the endpoints of one application with their health, the default one first, then by name. */
export async function listEndpointsOf(db: Db, { applicationId }: { applicationId: string }): Promise<Endpoint[]> {
  const target = targets(db)
  return selectEndpoints(db, target, eq(target.applicationId, applicationId)).orderBy(
    sql`${target.endpointId} is not null`,
    asc(target.endpointName),
    asc(target.id),
  )
}

/**
 * Returns the endpoint of a health id with its health: an additional one, or the default one of an application, also without a callback
 * URL. @throws NOT_FOUND
 */
export async function getEndpointOrThrow(db: Db, { healthId }: { healthId: string }): Promise<Endpoint> {
  const target = targets(db)
  const [endpoint] = await selectEndpoints(db, target, eq(target.id, healthId))
  if (!endpoint) throw new AppError('NOT_FOUND', { reason: 'endpoint_not_found', parameter: 'endpointId' })
  return endpoint
}

/** SQL: the default endpoints of all applications, and the additional ones. */
function targets(db: Db) {
  const { id, name, callbackUrl, disabledAt } = applications
  const { eventTypes, roomScope, robotIds, roomIds, headerNames } = applicationEndpoints
  const none = (column: string) => sql<string | null>`null::text`.as(column)
  const noList = (column: string) => sql<string[] | null>`null::text[]`.as(column)
  const own = db
    .select({
      /** The health id. */
      id: sql<string>`${id}`.as('health_id'),
      applicationId: sql<string>`${id}`.as('owner_id'),
      endpointId: none('target_endpoint_id'),
      /** Name of the application. */
      name: sql<string>`${name}`.as('application_name'),
      /** null: the default endpoint. */
      endpointName: none('endpoint_name'),
      url: sql<string | null>`${callbackUrl}`.as('target_url'),
      eventTypes: sql<CallbackEventType[]>`${applications.eventTypes}`.as('event_types'),
      roomScope: sql<RoomScope>`${applications.roomScope}`.as('room_scope'),
      robotIds: noList('robot_ids'),
      roomIds: noList('room_ids'),
      headerNames: sql<string[]>`'{}'::text[]`.as('header_names'),
      disabledAt: sql<Date | null>`${disabledAt}`.mapWith(disabledAt).as('disabled_at'),
    })
    .from(applications)
  const additional = db
    .select({
      id: sql<string>`${applicationEndpoints.id}`.as('health_id'),
      applicationId: sql<string>`${id}`.as('owner_id'),
      endpointId: sql<string | null>`${applicationEndpoints.id}`.as('target_endpoint_id'),
      name: sql<string>`${name}`.as('application_name'),
      endpointName: sql<string | null>`${applicationEndpoints.name}`.as('endpoint_name'),
      url: sql<string | null>`${applicationEndpoints.url}`.as('target_url'),
      eventTypes: sql<CallbackEventType[]>`${eventTypes}`.as('event_types'),
      roomScope: sql<RoomScope>`${roomScope}`.as('room_scope'),
      robotIds: sql<string[] | null>`${robotIds}`.as('robot_ids'),
      roomIds: sql<string[] | null>`${roomIds}`.as('room_ids'),
      headerNames: sql<string[]>`${headerNames}`.as('header_names'),
      disabledAt: sql<Date | null>`${disabledAt}`.mapWith(disabledAt).as('disabled_at'),
    })
    .from(applicationEndpoints)
    .innerJoin(applications, eq(id, applicationEndpoints.applicationId))
  return unionAll(own, additional).as('target')
}

type Targets = ReturnType<typeof targets>

/** Ignores a row for a previous callback URL. */
function selectEndpoints(db: Db, target: Targets, ...conditions: (SQL | undefined)[]) {
  const { applicationId, endpointId, url, pauseReason, failingSince, lastFailedAt } = callbackEndpoints
  return db
    .select({
      id: target.id,
      applicationId: target.applicationId,
      endpointId: target.endpointId,
      name: target.name,
      endpointName: target.endpointName,
      url: target.url,
      eventTypes: target.eventTypes,
      roomScope: target.roomScope,
      robotIds: target.robotIds,
      roomIds: target.roomIds,
      headerNames: target.headerNames,
      disabledAt: target.disabledAt,
      state,
      failureCount: sql<number>`coalesce(${failureCount}, 0)`,
      pauseReason,
      pausedAt,
      failingSince,
      lastFailedAt,
      /** When the next attempt is allowed; in the past or null: now. */
      heldUntil,
    })
    .from(target)
    .leftJoin(
      callbackEndpoints,
      and(
        eq(applicationId, target.applicationId),
        sql`${endpointId} is not distinct from ${target.endpointId}`,
        eq(url, target.url),
      ),
    )
    .where(and(...conditions))
}

export type FailingEndpoint = {
  /** The health id. */
  id: string
  applicationId: string
  /** null: the default endpoint. */
  endpointId: string | null
  applicationName: string
  endpointName: string | null
  url: string
  state: 'paused' | 'failing'
  pauseReason: (typeof callbackEndpoints.$inferSelect)['pauseReason']
  failingSince: Date | null
  /** When the next probe is sent; null if paused. */
  heldUntil: Date | null
}

/** Lists endpoints that are paused or whose breaker is open, except those of disabled applications. For operators. */
export async function listFailingEndpoints(db: Db): Promise<FailingEndpoint[]> {
  const { endpointId, url, applicationId } = callbackEndpoints
  const rows = await db
    .select({
      ...getTableColumns(callbackEndpoints),
      applicationName: applications.name,
      endpointName: applicationEndpoints.name,
    })
    .from(callbackEndpoints)
    .innerJoin(applications, eq(applications.id, applicationId))
    .leftJoin(applicationEndpoints, eq(applicationEndpoints.id, endpointId))
    .where(
      and(
        isNull(applications.disabledAt),
        sql`${url} = case when ${endpointId} is null then ${applications.callbackUrl} else ${applicationEndpoints.url} end`,
      ),
    )
    .orderBy(callbackEndpoints.failingSince)
  return rows
    .filter((row) => row.pausedAt !== null || row.failureCount >= breakerFailures)
    .map(({ applicationName, endpointName, ...row }) => ({
      id: row.endpointId ?? row.applicationId,
      applicationId: row.applicationId,
      endpointId: row.endpointId,
      applicationName,
      endpointName,
      url: row.url,
      state: row.pausedAt ? 'paused' : 'failing',
      pauseReason: row.pauseReason,
      failingSince: row.failingSince,
      heldUntil: row.pausedAt ? null : row.heldUntil,
    }))
}
