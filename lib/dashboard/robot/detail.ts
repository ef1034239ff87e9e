import QRCode from 'qrcode'
import { findRefusedHandovers, type RefusedHandovers } from '@/lib/conversation/service-handover'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { recordAuditOnce } from '@/lib/audit/record-audit-once'
import { listApplicationNames } from '@/lib/application/list-applications'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import type { SessionChangeCause } from '@/lib/db/types'
import { listChanges } from '@/lib/session/session-changes'
import { type Session, getLastSession } from '@/lib/session/get-session'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { viewQr, type QrView } from '@/lib/dashboard/robot/qr'
import { type RobotView, viewRobot } from '@/lib/dashboard/robot/list'

export type RobotDetail = RobotView & {
  qr: QrView | null
  /** Whether a QR code is hidden from this viewer: the person who scans it chooses the account of the robot. */
  isCodeHidden: boolean
  publicUrl: string
  /** How anyone opens a chat with it; null: not by a link. */
  contact: { url: string; qrUrl: string } | null
  /** Why it is reconnecting; null: it is not, or the cause is not known. */
  outageCause: SessionChangeCause | null
  /** What the service refused; `latest` null: nothing. */
  refusedHandovers: RefusedHandovers
}

/** Returns one robot, for an administrator with its QR code, and audits that. @throws AppError ROBOT_NOT_FOUND. */
export async function readRobot(ctx: ViewContext, robotId: string): Promise<RobotDetail> {
  const robot = await getAnyRobotOrThrow(ctx.db, { robotId })
  const [session, [application]] = await Promise.all([
    getLastSession(ctx.db, { robotId }),
    listApplicationNames(ctx.db, { ids: [robot.applicationId] }),
  ])
  const needsScan = capabilitiesOf[robot.connection].login === 'qr'
  const isAttempt =
    needsScan && session && ['starting', 'waiting_scan', 'waiting_code', 'waiting_confirm'].includes(session.state)
  const isAdmin = ctx.operator.role === 'admin'
  if (isAttempt && isAdmin) await recordShown(ctx, { robotId, session })
  return {
    ...viewRobot(robot, application?.name ?? '', session ?? undefined),
    qr: isAttempt && isAdmin ? viewQr(ctx.env, session) : null,
    isCodeHidden: Boolean(isAttempt) && !isAdmin,
    publicUrl: ctx.env.PUBLIC_URL,
    contact: await viewContact(robot.contactUrl),
    outageCause: session?.state === 'reconnecting' ? await findCause(ctx, robotId) : null,
    refusedHandovers: await findRefusedHandovers(ctx.db, { robotId }),
  }
}

async function findCause({ db }: ViewContext, robotId: string): Promise<SessionChangeCause | null> {
  const [latest] = await listChanges(db, { robotId, limit: 1 })
  return latest?.cause ?? null
}

async function viewContact(url: string | null): Promise<RobotDetail['contact']> {
  return url === null ? null : { url, qrUrl: await QRCode.toDataURL(url, { margin: 2, width: 480 }) }
}

/** Records the display once per login: the page reads the robot every second. */
async function recordShown({ db, who }: ViewContext, { robotId, session }: { robotId: string; session: Session }) {
  const ageSeconds = (Date.now() - session.createdAt.getTime()) / 1000
  await recordAuditOnce(db, {
    ...who,
    action: 'robot.scan_link',
    targetId: robotId,
    withinSeconds: Math.max(0, ageSeconds),
  })
}
