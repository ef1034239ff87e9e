import {
  listFailingEndpoints,
  type FailingEndpoint,
  type Endpoint,
  endpointStates,
  getEndpointOrThrow,
  listEndpointPage,
  listEndpointsOf,
} from '@/lib/callback/endpoint/list-endpoints'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskUrlFor } from '@/lib/auth/mask-secrets'
import { z } from 'zod'
import type { Operator } from '@/lib/auth/get-operator'
import {
  type Backlog,
  measureBacklogs,
  measureAttempts,
  measureAttemptsOver,
  type AttemptCounts,
  type AttemptsPoint,
} from '@/lib/callback/endpoint/health'
import type { MetricRange } from '@/lib/metrics/range'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf } from '@/lib/dashboard/list-query'

export type FailingEndpointView = Omit<FailingEndpoint, 'failingSince' | 'heldUntil'> & {
  failingSince: string | null
  heldUntil: string | null
}

/** Lists the paused and failing endpoints, longest failing first. */
export async function readFailingEndpoints({ db, operator }: ViewContext): Promise<FailingEndpointView[]> {
  return (await listFailingEndpoints(db)).map((endpoint) => ({
    ...endpoint,
    url: maskUrlFor(operator, endpoint.url),
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    heldUntil: activeHold(endpoint.heldUntil),
  }))
}

/** Returns the end of a hold; null: not held, or the hold has expired. */
function activeHold(heldUntil: Date | null): string | null {
  return heldUntil && heldUntil.getTime() > Date.now() ? heldUntil.toISOString() : null
}

type TimeField = 'pausedAt' | 'failingSince' | 'lastFailedAt' | 'heldUntil'

/** The state of an endpoint and its backlog. */
export type EndpointSummary = Omit<Endpoint, 'disabledAt' | TimeField> & { isDisabled: boolean } & {
  [Name in TimeField]: string | null
} & { waitingCount: number; oldestWaitingAt: string | null }

export type EndpointHealth = EndpointSummary & { attempts: AttemptCounts | null }

export type AttemptsPointView = Omit<AttemptsPoint, 'startsAt'> & { startsAt: string }

export type EndpointDetail = EndpointSummary & { points: AttemptsPointView[] }

export const endpointListQuery = listQuery({ state: z.enum(endpointStates).optional() })

/** Returns a page of endpoints, least healthy first, with their attempt counts of the last 24 hours. */
export async function readEndpointHealth(
  { db, operator }: ViewContext,
  query: z.output<typeof endpointListQuery>,
): Promise<Paged<EndpointHealth>> {
  const { rows, total } = await listEndpointPage(db, {
    ...rowsOf(query),
    state: query.state,
    search: query.q,
    isUrlSearched: operator.role === 'admin',
  })
  return { rows: await withHealth({ db, operator }, rows), total }
}

/** Returns the endpoints of one application with their attempts of the last 24 hours, the default one first. */
export async function readEndpointsOf(
  { db, operator }: ViewContext,
  { applicationId }: { applicationId: string },
): Promise<EndpointHealth[]> {
  return withHealth({ db, operator }, await listEndpointsOf(db, { applicationId }))
}

async function withHealth(
  { db, operator }: Pick<ViewContext, 'db' | 'operator'>,
  endpoints: Endpoint[],
): Promise<EndpointHealth[]> {
  const [backlogs, attempts] = await Promise.all([
    measureBacklogs(db, { endpoints }),
    measureAttempts(db, { endpoints, hours: 24 }),
  ])
  return endpoints.map((endpoint) => ({
    ...viewSummary(operator, endpoint, backlogs.get(endpoint.id)),
    attempts: attempts.get(endpoint.id) ?? null,
  }))
}

/** Returns one endpoint with its attempts over a time range. @throws AppError NOT_FOUND. */
export async function readEndpoint(
  { db, operator }: ViewContext,
  healthId: string,
  options: { range: MetricRange; timeZone: string },
): Promise<EndpointDetail> {
  const endpoint = await getEndpointOrThrow(db, { healthId })
  const [backlogs, points] = await Promise.all([
    measureBacklogs(db, { endpoints: [endpoint] }),
    measureAttemptsOver(db, { endpoint, ...options }),
  ])
  return {
    ...viewSummary(operator, endpoint, backlogs.get(healthId)),
    points: points.map((point) => ({ ...point, startsAt: point.startsAt.toISOString() })),
  }
}

function viewSummary(
  operator: Operator,
  { disabledAt, ...endpoint }: Endpoint,
  backlog: Backlog | undefined,
): EndpointSummary {
  return {
    ...endpoint,
    url: maskUrlFor(operator, endpoint.url),
    isDisabled: disabledAt !== null,
    pausedAt: endpoint.pausedAt?.toISOString() ?? null,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    lastFailedAt: endpoint.lastFailedAt?.toISOString() ?? null,
    heldUntil: activeHold(endpoint.heldUntil),
    waitingCount: backlog?.count ?? 0,
    oldestWaitingAt: backlog?.oldestAt?.toISOString() ?? null,
  }
}
