import type { FirstRows } from '@/lib/attention/first-rows'
import { listEndingTokens } from '@/lib/attention/list-ending-tokens'
import { listFailedQuns } from '@/lib/attention/list-failed-quns'
import { listRobotsInDoubt } from '@/lib/attention/list-robots-in-doubt'
import { listRobotsInNeed, type RobotInNeed } from '@/lib/attention/list-robots-in-need'
import { listUnknownSends } from '@/lib/attention/list-unknown-sends'
import type { WebContext } from '@/lib/http/web-context'
import { listWorkers } from '@/lib/session/list-workers'
import { type EndpointView, readEndpoints } from './endpoints'
import { moment } from './moment'

/** So many of a kind are told of by name. */
const limit = 3

type Name = { id: string; nickname: string; username: string }
export type RobotNeedView = Pick<RobotInNeed, 'status' | 'endReason' | 'qunCount'> & Name & { since: string | null }
type RobotCountView = Name & { count: number; since: string | null }
type FailedQunView = { id: string; name: string; failure: string; since: string | null }
type EndingTokenView = {
  id: string
  name: string
  applicationId: string
  applicationName: string
  expiresAt: string | null
}

/** What only a person can help: by kind, how many and the most urgent few. */
export type Hands = {
  /** Nobody takes robots; since when, null = there never was a worker. */
  silentWorker: { since: string | null } | null
  endpoints: FirstRows<EndpointView>
  absentAssistants: FirstRows<RobotNeedView>
  lostRobots: FirstRows<RobotNeedView>
  scans: FirstRows<RobotNeedView>
  unknownSends: FirstRows<RobotCountView>
  doubts: FirstRows<RobotCountView>
  failedQuns: FirstRows<FailedQunView>
  endingTokens: FirstRows<EndingTokenView>
}

/** What waits for a person now. */
export async function readHands(ctx: WebContext): Promise<Hands> {
  const { db } = ctx
  const [workers, endpoints, robots, unknownSends, doubts, failedQuns, endingTokens] = await Promise.all([
    listWorkers(db),
    readEndpoints(ctx),
    listRobotsInNeed(db, { limit }),
    listUnknownSends(db, { limit }),
    listRobotsInDoubt(db, { limit }),
    listFailedQuns(db, { limit }),
    listEndingTokens(db, { limit }),
  ])
  const heard = workers.map(({ heartbeatAt }) => heartbeatAt.getTime())
  return {
    silentWorker: workers.some(({ isAlive }) => isAlive)
      ? null
      : { since: moment(heard.length > 0 ? Math.max(...heard) : null) },
    endpoints: { total: endpoints.length, rows: endpoints.slice(0, limit) },
    absentAssistants: withSince(robots.absent),
    lostRobots: withSince(robots.lost),
    scans: withSince(robots.scan),
    unknownSends: withSince(unknownSends),
    doubts: withSince(doubts),
    failedQuns: withSince(failedQuns),
    endingTokens: {
      total: endingTokens.total,
      rows: endingTokens.rows.map(({ expiresAtMs, ...token }) => ({ ...token, expiresAt: moment(expiresAtMs) })),
    },
  }
}

function withSince<Row extends { sinceMs: number | null }>({ total, rows }: FirstRows<Row>) {
  return { total, rows: rows.map(({ sinceMs, ...row }) => ({ ...row, since: moment(sinceMs) })) }
}
