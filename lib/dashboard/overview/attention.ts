import { readDismissals } from '@/lib/attention/dismissals'
import type { FirstRows } from '@/lib/attention/first-rows'
import { listOpenAlerts } from '@/lib/alert/list-alerts'
import { listEndingTokens } from '@/lib/attention/list-ending-tokens'
import { listFailedQuns } from '@/lib/attention/list-failed-quns'
import { listRobotsBoundByName, listRobotsWithAmbiguities, listUnknownSends } from '@/lib/attention/list-robot-issues'
import { listOfflineRobots, type OfflineRobot } from '@/lib/attention/list-offline-robots'
import type { AlertKind, AlertParams } from '@/lib/db/types'
import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import { listWorkers } from '@/lib/session/list-workers'
import type { FailingEndpointView } from '@/lib/dashboard/callback/endpoints'
import { toTimestamp } from '@/lib/dashboard/timestamp'
import type { ViewContext } from '@/lib/dashboard/view-context'

/** Maximum rows per kind; the rest is only counted. */
const limit = 3

type Name = { id: string; nickname: string; username: string }
export type RobotNeedView = Pick<OfflineRobot, 'status' | 'endReason' | 'qunCount' | 'state'> &
  Name & { since: string | null }
type RobotCountView = Name & { count: number; since: string | null; state: string }
type FailedQunView = { id: string; name: string; failure: Failure; since: string | null; state: string }
type EndingTokenView = {
  id: string
  name: string
  applicationId: string
  applicationName: string
  expiresAt: string | null
  state: string
}

type OpenAlertView = { id: string; kind: AlertKind; params: AlertParams; since: string | null }

/** Items that need an operator and that no operator dismissed: per kind the total and the most urgent rows. */
export type AttentionView = {
  /** The last heartbeat of a worker; null: a worker is alive. `since` null: no worker has ever run. */
  silentWorker: { since: string | null } | null
  endpoints: FirstRows<FailingEndpointView & { seenState: string }>
  absentAssistants: FirstRows<RobotNeedView>
  lostRobots: FirstRows<RobotNeedView>
  scans: FirstRows<RobotNeedView>
  unknownSends: FirstRows<RobotCountView>
  ambiguities: FirstRows<RobotCountView>
  /** Rooms bound by a name that any member can change. */
  boundByName: FirstRows<RobotCountView>
  failedQuns: FirstRows<FailedQunView>
  endingTokens: FirstRows<EndingTokenView>
  /** Silent workers, waiting conversations, nearly full disks and databases. */
  alerts: FirstRows<OpenAlertView>
}

/** Returns what currently needs an operator; `endpoints` are the paused and the failing ones. */
export async function readAttention(ctx: ViewContext, endpoints: FailingEndpointView[]): Promise<AttentionView> {
  const { db } = ctx
  const [workers, dismissed, robots, unknownSends, ambiguities, boundByName, failedQuns, endingTokens, alerts] =
    await Promise.all([
      listWorkers(db),
      readDismissals(db, 'endpoint'),
      listOfflineRobots(db, { limit }),
      listUnknownSends(db, { limit }),
      listRobotsWithAmbiguities(db, { limit }),
      listRobotsBoundByName(db, { limit }),
      listFailedQuns(db, { limit }),
      listEndingTokens(db, { limit }),
      listOpenAlerts(db, { kinds: ['worker_silent', 'conversation_waiting', 'disk_full', 'database_full'], limit }),
    ])
  const shown = endpoints
    .map((endpoint) => ({ ...endpoint, seenState: `${endpoint.state}:${endpoint.failingSince}` }))
    .filter(({ id, seenState }) => dismissed.get(id) !== seenState)
    // A paused endpoint gets no further attempts, so it precedes a failing one.
    .toSorted((one, other) => Number(one.state !== 'paused') - Number(other.state !== 'paused'))
  const heartbeats = workers.map(({ heartbeatAt }) => heartbeatAt.getTime())
  return {
    silentWorker: workers.some(({ isAlive }) => isAlive)
      ? null
      : { since: toTimestamp(heartbeats.length > 0 ? Math.max(...heartbeats) : null) },
    endpoints: { total: shown.length, rows: shown.slice(0, limit) },
    absentAssistants: withSince(robots.absent),
    lostRobots: withSince(robots.lost),
    scans: withSince(robots.scan),
    unknownSends: withSince(unknownSends),
    ambiguities: withSince(ambiguities),
    boundByName: withSince(boundByName),
    failedQuns: withSince({
      ...failedQuns,
      rows: failedQuns.rows.map(({ failure, failureReason, failureParams, ...qun }) => ({
        ...qun,
        failure: readFailure({ text: failure, reason: failureReason, params: failureParams }),
      })),
    }),
    alerts: {
      total: alerts.total,
      rows: alerts.rows.map(({ id, kind, params, openedAt }) => ({ id, kind, params, since: openedAt.toISOString() })),
    },
    endingTokens: {
      total: endingTokens.total,
      rows: endingTokens.rows.map(({ expiresAtMs, ...token }) => ({ ...token, expiresAt: toTimestamp(expiresAtMs) })),
    },
  }
}

function withSince<Row extends { sinceMs: number | null }>({ total, rows }: FirstRows<Row>) {
  return { total, rows: rows.map(({ sinceMs, ...row }) => ({ ...row, since: toTimestamp(sinceMs) })) }
}
