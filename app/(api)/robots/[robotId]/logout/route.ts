import { recordAudit } from '@/lib/audit/record-audit'
import { logOut } from '@/lib/actions/log-out'
import { apiRoute, operation } from '@/lib/http/api-route'
import { logout } from '@/lib/http/contract/robot-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(logout, async ({ ctx, who, requireRobot }) => {
    const robot = requireRobot()
    await logOut(ctx, { robotId: robot.id, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'robot.logout', targetId: robot.id }),
    )
  }),
])
