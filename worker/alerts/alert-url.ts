import type { DueAlert } from '@/lib/alert/claim-deliveries'
import type { Db } from '@/lib/db/client'
import type { Sealer } from '@/lib/secret'
import { provideLoginLinks } from '@/lib/session/login-link'

/**
 * Returns where each alert leads: for a dropped robot, the page that starts a login, which needs no sign-in; otherwise the page of
 * the dashboard that explains it.
 */
export async function readAlertUrls(
  db: Db,
  { due, sealer, publicUrl }: { due: readonly DueAlert[]; sealer: Sealer; publicUrl: string },
): Promise<(alert: DueAlert) => string> {
  const isDrop = ({ kind, phase }: DueAlert) => kind === 'robot_offline' && phase === 'opened'
  const robotIds = due.filter(isDrop).map(({ targetId }) => targetId)
  const links = await provideLoginLinks(db, { sealer, robotIds })
  return (alert) => {
    const key = isDrop(alert) ? links.get(alert.targetId) : undefined
    return publicUrl + (key ? `/qr/again/${key}.html` : dashboardPath(alert))
  }
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
