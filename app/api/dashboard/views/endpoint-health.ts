import { z } from 'zod'
import { type Endpoint, endpointStates, getEndpointOrThrow, listEndpointPage } from '@/lib/callback/list-endpoint-page'
import { type Backlog, measureBacklogs } from '@/lib/callback/measure-backlogs'
import { measureTries, measureTriesOver, type Tries, type TriesPoint } from '@/lib/callback/measure-tries'
import type { WebContext } from '@/lib/http/web-context'
import type { MetricRange } from '@/lib/metrics/range'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf } from '../list-query'
import { viewHold } from './endpoints'

type Moment = 'pausedAt' | 'failingSince' | 'lastFailedAt' | 'heldUntil'

/** How an application's endpoint stands, and what waits for it. */
export type EndpointStanding = Omit<Endpoint, 'disabledAt' | Moment> & { isDisabled: boolean } & {
  [Name in Moment]: string | null
} & { waitingCount: number; oldestWaitingAt: string | null }

export type EndpointHealth = EndpointStanding & { tries: Tries | null }
export type TriesPointView = Omit<TriesPoint, 'startsAt'> & { startsAt: string }
export type EndpointDetail = EndpointStanding & { points: TriesPointView[] }

export const endpointListQuery = listQuery({ state: z.enum(endpointStates).optional() })

/** A page of endpoints with how their tries went in the last 24 hours, those in trouble first. */
export async function readEndpointHealth(
  { db }: WebContext,
  asked: z.output<typeof endpointListQuery>,
): Promise<Paged<EndpointHealth>> {
  const { rows, total } = await listEndpointPage(db, { ...rowsOf(asked), state: asked.state, search: asked.q })
  const applicationIds = rows.map(({ id }) => id)
  const [backlogs, tries] = await Promise.all([
    measureBacklogs(db, { applicationIds }),
    measureTries(db, { applicationIds, hours: 24 }),
  ])
  return {
    rows: rows.map((endpoint) => ({
      ...viewStanding(endpoint, backlogs.get(endpoint.id)),
      tries: tries.get(endpoint.id) ?? null,
    })),
    total,
  }
}

/** One endpoint, and how its tries went over a span of time. @throws AppError NOT_FOUND. */
export async function readEndpoint(
  { db }: WebContext,
  applicationId: string,
  options: { range: MetricRange; timeZone: string },
): Promise<EndpointDetail> {
  const endpoint = await getEndpointOrThrow(db, { applicationId })
  const [backlogs, points] = await Promise.all([
    measureBacklogs(db, { applicationIds: [applicationId] }),
    measureTriesOver(db, { applicationId, ...options }),
  ])
  return {
    ...viewStanding(endpoint, backlogs.get(applicationId)),
    points: points.map((point) => ({ ...point, startsAt: point.startsAt.toISOString() })),
  }
}

function viewStanding({ disabledAt, ...endpoint }: Endpoint, backlog: Backlog | undefined): EndpointStanding {
  return {
    ...endpoint,
    isDisabled: disabledAt !== null,
    pausedAt: endpoint.pausedAt?.toISOString() ?? null,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    lastFailedAt: endpoint.lastFailedAt?.toISOString() ?? null,
    heldUntil: viewHold(endpoint.heldUntil),
    waitingCount: backlog?.count ?? 0,
    oldestWaitingAt: backlog?.oldestAt?.toISOString() ?? null,
  }
}
