import { z } from 'zod'
import { listApplicationNames } from '@/lib/application/list-application-names'
import type { SessionEndReason } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listRobotPage, robotSorts } from '@/lib/robot/list-robot-page'
import { type RobotView as Robot, robotStatuses } from '@/lib/robot/robot-view'
import { getLastSession } from '@/lib/session/get-last-session'
import { listLatestSessions } from '@/lib/session/list-latest-sessions'
import { listQuery, rowsOf, sortQuery } from '../list-query'
import { viewQr, type QrView } from './qr'

type Standing = { endReason: SessionEndReason | null; stateChangedAt: Date; endedAt: Date | null }

export type RobotView = Omit<Robot, 'createdAt'> & {
  applicationName: string
  createdAt: string
  /** When it came into its status; null before the first login. */
  since: string | null
  endReason: SessionEndReason | null
}

export type RobotDetail = RobotView & { qr: QrView | null; publicUrl: string }

export const robotListQuery = listQuery({
  application: z.string().max(64).optional(),
  state: z.enum(robotStatuses).optional(),
  sort: sortQuery(robotSorts, '-created'),
})

/** A page of robots, with since-when and why. */
export async function readRobots(
  { db }: WebContext,
  asked: z.output<typeof robotListQuery>,
): Promise<Paged<RobotView>> {
  const { application: applicationId, state: status, q: text, sort } = asked
  const { rows, total } = await listRobotPage(db, { ...rowsOf(asked), applicationId, status, search: text, sort })
  const [sessions, applications] = await Promise.all([
    listLatestSessions(db, { robotIds: rows.map((robot) => robot.id) }),
    listApplicationNames(db, { ids: [...new Set(rows.map((robot) => robot.applicationId))] }),
  ])
  const sessionOf = new Map(sessions.map((session) => [session.robotId, session]))
  const nameOf = new Map(applications.map((application) => [application.id, application.name]))
  const robots = rows.map((robot) => viewRobot(robot, nameOf.get(robot.applicationId) ?? '', sessionOf.get(robot.id)))
  return { rows: robots, total }
}

/** One robot with its code, if it waits for a scan. @throws AppError ROBOT_NOT_FOUND. */
export async function readRobot(ctx: WebContext, robotId: string): Promise<RobotDetail> {
  const robot = await getAnyRobotOrThrow(ctx.db, { robotId })
  const [session, [application]] = await Promise.all([
    getLastSession(ctx.db, { robotId }),
    listApplicationNames(ctx.db, { ids: [robot.applicationId] }),
  ])
  const isAttempt = session && ['starting', 'waiting_scan', 'waiting_confirm'].includes(session.state)
  return {
    ...viewRobot(robot, application?.name ?? '', session ?? undefined),
    qr: isAttempt ? viewQr(ctx.env, session) : null,
    publicUrl: ctx.env.PUBLIC_URL,
  }
}

function viewRobot(robot: Robot, applicationName: string, session: Standing | undefined): RobotView {
  return {
    ...robot,
    applicationName,
    createdAt: robot.createdAt.toISOString(),
    since: (session?.endedAt ?? session?.stateChangedAt)?.toISOString() ?? null,
    endReason: session?.endReason ?? null,
  }
}
