import { z } from 'zod'
import { type Capabilities, capabilitiesOf } from '@/lib/connection/capabilities'
import { listApplicationNames } from '@/lib/application/list-applications'
import type { SessionEndReason } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listRobotPage, robotSorts } from '@/lib/robot/list-robots'
import { type RobotRow as Robot, robotStatuses } from '@/lib/robot/robot-view'
import { listLatestSessions } from '@/lib/session/get-session'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'

type SessionTimes = { endReason: SessionEndReason | null; stateChangedAt: Date; endedAt: Date | null }

export type RobotView = Omit<Robot, 'createdAt'> & {
  applicationName: string
  capabilities: Capabilities
  createdAt: string
  /** Start of the current status; null: never logged in. */
  since: string | null
  endReason: SessionEndReason | null
}

export const robotListQuery = listQuery({
  application: z.string().max(64).optional(),
  state: z.enum(robotStatuses).optional(),
  sort: sortQuery(robotSorts, '-created'),
})

/** Returns a page of robots, each with the start and the reason of its status. */
export async function readRobots(
  { db }: WebContext,
  query: z.output<typeof robotListQuery>,
): Promise<Paged<RobotView>> {
  const { application: applicationId, state: status, q: text, sort } = query
  const { rows, total } = await listRobotPage(db, { ...rowsOf(query), applicationId, status, search: text, sort })
  const [sessions, applications] = await Promise.all([
    listLatestSessions(db, { robotIds: rows.map((robot) => robot.id) }),
    listApplicationNames(db, { ids: [...new Set(rows.map((robot) => robot.applicationId))] }),
  ])
  const sessionOf = new Map(sessions.map((session) => [session.robotId, session]))
  const nameOf = new Map(applications.map((application) => [application.id, application.name]))
  const robots = rows.map((robot) => viewRobot(robot, nameOf.get(robot.applicationId) ?? '', sessionOf.get(robot.id)))
  return { rows: robots, total }
}

export function viewRobot(robot: Robot, applicationName: string, session: SessionTimes | undefined): RobotView {
  return {
    ...robot,
    applicationName,
    capabilities: capabilitiesOf[robot.connection],
    createdAt: robot.createdAt.toISOString(),
    since: (session?.endedAt ?? session?.stateChangedAt)?.toISOString() ?? null,
    endReason: session?.endReason ?? null,
  }
}
