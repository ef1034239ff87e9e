import type { WebContext } from '@/lib/http/web-context'
import { readApplications } from './applications'
import { readLatestMessages, type MessageView } from './messages'
import { readRobots, type RobotView } from './robots'

export type Overview = {
  applicationCount: number
  hasCallbackUrl: boolean
  robots: RobotView[]
  latestMessages: MessageView[]
}

/** What the front page shows at a glance. */
export async function readOverview(ctx: WebContext): Promise<Overview> {
  const [applications, robots, latestMessages] = await Promise.all([
    readApplications(ctx),
    readRobots(ctx),
    readLatestMessages(ctx),
  ])
  return {
    applicationCount: applications.length,
    hasCallbackUrl: applications.some((application) => application.callbackUrl),
    robots,
    latestMessages,
  }
}
