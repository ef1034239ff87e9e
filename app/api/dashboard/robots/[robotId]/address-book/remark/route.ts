import { setContactRemark } from '@/lib/actions/command-contact'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { remarkForm } from '@/lib/dashboard/robot/contact-form'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

export const POST = dashboardRoute(
  { ids: ['robotId'], body: remarkForm },
  async ({ ctx, ids: { robotId }, who, body: { username, remark } }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    return setContactRemark(ctx, { robotId, username, remark, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'contact.remark', targetId: robotId, detail: { contact: username } }),
    )
  },
)
