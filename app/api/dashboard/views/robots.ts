import { listApplications } from '@/lib/application/list-applications'
import type { SessionEndReason } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listRobots } from '@/lib/robot/list-robots'
import { getLastSession } from '@/lib/session/get-last-session'
import { listLatestSessions } from '@/lib/session/list-latest-sessions'
import { viewQr, type QrView } from './qr'

type Robot = Awaited<ReturnType<typeof listRobots>>[number]
type Standing = { endReason: SessionEndReason | null; stateChangedAt: Date; endedAt: Date | null }

export type RobotView = Omit<Robot, 'createdAt'> & {
  applicationName: string
  createdAt: string
  /** When it came into its status; null before the first login. */
  since: string | null
  endReason: SessionEndReason | null
}

export type RobotDetail = RobotView & { qr: QrView | null; publicUrl: string }

/** All robots, or an application's, with since-when and why. */
export async function readRobots({ db }: WebContext, applicationId?: string): Promise<RobotView[]> {
  const [robots, applications] = await Promise.all([listRobots(db, { applicationId }), listApplications(db)])
  const sessions = await listLatestSessions(db, { robotIds: robots.map((robot) => robot.id) })
  const sessionOf = new Map(sessions.map((session) => [session.robotId, session]))
  const nameOf = new Map(applications.map((application) => [application.id, application.name]))
  return robots.map((robot) => viewRobot(robot, nameOf.get(robot.applicationId) ?? '', sessionOf.get(robot.id)))
}

/** One robot with its code, if it waits for a scan. @throws AppError ROBOT_NOT_FOUND. */
export async function readRobot(ctx: WebContext, robotId: string): Promise<RobotDetail> {
  const robot = await getAnyRobotOrThrow(ctx.db, { robotId })
  const [session, applications] = await Promise.all([getLastSession(ctx.db, { robotId }), listApplications(ctx.db)])
  const applicationName = applications.find((application) => application.id === robot.applicationId)?.name ?? ''
  const isAttempt = session && ['starting', 'waiting_scan', 'waiting_confirm'].includes(session.state)
  return {
    ...viewRobot(robot, applicationName, session ?? undefined),
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
