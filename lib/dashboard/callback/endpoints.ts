import {
  listFailingEndpoints,
  type FailingEndpoint,
  type Endpoint,
  endpointStates,
  getEndpointOrThrow,
  listEndpointPage,
} from '@/lib/callback/endpoint/list-endpoints'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskUrlFor } from '@/lib/dashboard/mask-secrets'
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

/** The state of an application's endpoint and its backlog. */
export type EndpointSummary = Omit<Endpoint, 'disabledAt' | TimeField> & { isDisabled: boolean } & {
  [Name in TimeField]: string | null
} & { waitingCount: number; oldestWaitingAt: string | null }

export type EndpointHealth = EndpointSummary & { attempts: AttemptCounts | null }

export type AttemptsPointView = Omit<AttemptsPoint, 'startsAt'> & { startsAt: string }

export type EndpointDetail = EndpointSummary & { points: AttemptsPointView[] }

export const endpointListQuery = listQuery({ state: z.enum(endpointStates).optional() })

/** Returns a page of endpoints with their attempts of the last 24 hours, failing ones first. */
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
  const applicationIds = rows.map(({ id }) => id)
  const [backlogs, attempts] = await Promise.all([
    measureBacklogs(db, { applicationIds }),
    measureAttempts(db, { applicationIds, hours: 24 }),
  ])
  return {
    rows: rows.map((endpoint) => ({
      ...viewSummary(operator, endpoint, backlogs.get(endpoint.id)),
      attempts: attempts.get(endpoint.id) ?? null,
    })),
    total,
  }
}

/** Returns one endpoint with its attempts over a time range. @throws AppError NOT_FOUND. */
export async function readEndpoint(
  { db, operator }: ViewContext,
  applicationId: string,
  options: { range: MetricRange; timeZone: string },
): Promise<EndpointDetail> {
  const endpoint = await getEndpointOrThrow(db, { applicationId })
  const [backlogs, points] = await Promise.all([
    measureBacklogs(db, { applicationIds: [applicationId] }),
    measureAttemptsOver(db, { applicationId, ...options }),
  ])
  return {
    ...viewSummary(operator, endpoint, backlogs.get(applicationId)),
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
