import type { WebContext } from '@/lib/http/web-context'
import { listLatestMessages } from '@/lib/message/list-latest-messages'
import { type Backlog, readBacklog } from '@/lib/metrics/read-backlog'
import { type FirstSteps, readFirstSteps } from '@/lib/metrics/read-first-steps'
import { countRobots } from '@/lib/robot/count-robots'
import type { RobotStatus } from '@/lib/robot/robot-view'
import { type Hands, readHands } from './hands'
import { moment } from './moment'

type LatestMessage = Awaited<ReturnType<typeof listLatestMessages>>[number]
export type LatestMessageView = Omit<LatestMessage, 'createdAt'> & { createdAt: string }

type BacklogView = Omit<Backlog, 'oldestMs' | 'robots'> & {
  oldestAt: string | null
  robots: (Omit<Backlog['robots'][number], 'oldestMs'> & { oldestAt: string | null })[]
}

export type Overview = {
  robotCounts: Record<RobotStatus, number>
  hands: Hands
  backlog: BacklogView
  firstSteps: FirstSteps
  latestMessages: LatestMessageView[]
}

/** What the front page shows at a glance; as much for ten robots as for ten thousand. */
export async function readOverview(ctx: WebContext): Promise<Overview> {
  const [robotCounts, hands, backlog, firstSteps, latest] = await Promise.all([
    countRobots(ctx.db),
    readHands(ctx),
    readBacklog(ctx.db, { limit: 3 }),
    readFirstSteps(ctx.db),
    listLatestMessages(ctx.db, { limit: 10 }),
  ])
  const latestMessages = latest.map((message) => ({ ...message, createdAt: message.createdAt.toISOString() }))
  return { robotCounts, hands, backlog: viewBacklog(backlog), firstSteps, latestMessages }
}

function viewBacklog({ oldestMs, robots, ...counts }: Backlog): BacklogView {
  return {
    ...counts,
    oldestAt: moment(oldestMs),
    robots: robots.map(({ oldestMs: sinceMs, ...robot }) => ({ ...robot, oldestAt: moment(sinceMs) })),
  }
}
