import type { WebContext } from '@/lib/http/web-context'
import { countDoubts } from '@/lib/room/list-doubts'
import { listWorkers } from '@/lib/session/list-workers'
import { readApplications } from './applications'
import { readLatestMessages, type MessageView } from './messages'
import { readRobots, robotListQuery, type RobotView } from './robots'

export type Overview = {
  applicationCount: number
  hasCallbackUrl: boolean
  robots: RobotView[]
  latestMessages: MessageView[]
  /** How many rooms of which robot an operator has to know again. */
  doubts: { robotId: string; count: number }[]
  /** Nobody takes robots: no worker was heard of lately. */
  isWorkerSilent: boolean
}

/** What the front page shows at a glance. */
export async function readOverview(ctx: WebContext): Promise<Overview> {
  const [applications, robots, latestMessages, doubts, workers] = await Promise.all([
    readApplications(ctx),
    readRobots(ctx, robotListQuery.parse({})).then(({ rows }) => rows),
    readLatestMessages(ctx),
    countDoubts(ctx.db),
    listWorkers(ctx.db),
  ])
  return {
    applicationCount: applications.length,
    hasCallbackUrl: applications.some((application) => application.callbackUrl),
    robots,
    latestMessages,
    doubts,
    isWorkerSilent: !workers.some(({ isAlive }) => isAlive),
  }
}
