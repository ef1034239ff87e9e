import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import { listLatestMessages } from '@/lib/message/list-messages'
import { type Backlog, readBacklog } from '@/lib/metrics/read-backlog'
import { type FirstSteps, readFirstSteps } from '@/lib/metrics/read-first-steps'
import { countRobots } from '@/lib/robot/list-robots'
import type { RobotStatus } from '@/lib/robot/robot-view'
import { readFailingEndpoints } from '@/lib/dashboard/callback/endpoints'
import { type AttentionView, readAttention } from '@/lib/dashboard/overview/attention'
import { toTimestamp } from '@/lib/dashboard/timestamp'
import type { ViewContext } from '@/lib/dashboard/view-context'

type LatestMessage = Awaited<ReturnType<typeof listLatestMessages>>[number]
type Hidden = 'createdAt' | 'errorMessage' | 'errorReason' | 'errorParams'
export type LatestMessageView = Omit<LatestMessage, Hidden> & { createdAt: string; failure: Failure }

type BacklogView = Omit<Backlog, 'oldestMs' | 'robots'> & {
  oldestAt: string | null
  robots: (Omit<Backlog['robots'][number], 'oldestMs'> & { oldestAt: string | null })[]
}

export type OverviewView = {
  robotCounts: Record<RobotStatus, number>
  attention: AttentionView
  /** Paused and failing endpoints, including dismissed ones. */
  endpointsDownCount: number
  backlog: BacklogView
  firstSteps: FirstSteps
  latestMessages: LatestMessageView[]
}

/** Returns the overview page. Its size does not depend on the number of robots. */
export async function readOverview(ctx: ViewContext): Promise<OverviewView> {
  const endpoints = await readFailingEndpoints(ctx)
  const [robotCounts, attention, backlog, firstSteps, latest] = await Promise.all([
    countRobots(ctx.db),
    readAttention(ctx, endpoints),
    readBacklog(ctx.db, { limit: 3 }),
    readFirstSteps(ctx.db),
    listLatestMessages(ctx.db, { limit: 10 }),
  ])
  const latestMessages = latest.map(({ errorMessage, errorReason, errorParams, createdAt, ...message }) => ({
    ...message,
    createdAt: createdAt.toISOString(),
    failure: readFailure({ text: errorMessage, reason: errorReason, params: errorParams }),
  }))
  const endpointsDownCount = endpoints.length
  return { robotCounts, attention, endpointsDownCount, backlog: viewBacklog(backlog), firstSteps, latestMessages }
}

function viewBacklog({ oldestMs, robots, ...counts }: Backlog): BacklogView {
  return {
    ...counts,
    oldestAt: toTimestamp(oldestMs),
    robots: robots.map(({ oldestMs: sinceMs, ...robot }) => ({ ...robot, oldestAt: toTimestamp(sinceMs) })),
  }
}
