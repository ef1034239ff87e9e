import { and, inArray } from 'drizzle-orm'
import type { DueAlert } from '@/lib/alert/claim-deliveries'
import type { Db } from '@/lib/db/client'
import { sessions } from '@/lib/db/schema/session'

/**
 * Returns where each alert leads: for a robot that waits for a scan, the page with its QR code, which needs no sign-in; otherwise the
 * page of the dashboard that explains it.
 */
export async function readAlertUrls(
  db: Db,
  { due, publicUrl }: { due: readonly DueAlert[]; publicUrl: string },
): Promise<(alert: DueAlert) => string> {
  const robotIds = due.flatMap(({ kind, targetId }) => (kind === 'robot_offline' ? [targetId] : []))
  const isWaiting = and(
    inArray(sessions.robotId, robotIds),
    inArray(sessions.state, ['starting', 'waiting_scan', 'waiting_confirm']),
  )
  const columns = { robotId: sessions.robotId, qrKey: sessions.qrKey }
  const waiting = robotIds.length > 0 ? await db.select(columns).from(sessions).where(isWaiting) : []
  const scanPages = new Map(waiting.map(({ robotId, qrKey }) => [robotId, `/qr/${qrKey}.html`]))
  return (alert) => publicUrl + (scanPages.get(alert.targetId) ?? dashboardPath(alert))
}

function dashboardPath({ kind, targetId }: DueAlert): string {
  switch (kind) {
    case 'robot_offline':
      return `/dashboard/robots/${targetId}`
    case 'endpoint_failing':
    case 'endpoint_paused':
      return `/dashboard/callbacks/endpoints/${targetId}`
    case 'conversation_waiting':
      return '/dashboard/inbox?view=waiting'
    case 'worker_silent':
    case 'disk_full':
      return '/dashboard/settings/system'
    case 'database_full':
      return '/dashboard/settings/retention'
  }
}
