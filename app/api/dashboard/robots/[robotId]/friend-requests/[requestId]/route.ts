import { decideFriendRequest } from '@/lib/actions/command-contact'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { friendDecisionForm } from '@/lib/dashboard/robot/contact-form'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

/** Accepts or refuses a friend request. */
export const POST = dashboardRoute(
  { ids: ['robotId', 'requestId'], body: friendDecisionForm },
  async ({ ctx, ids: { robotId, requestId: friendRequestId }, who, body: { isAccepted } }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    const action = isAccepted ? 'friend_request.accept' : 'friend_request.refuse'
    return decideFriendRequest(ctx, { robotId, friendRequestId, isAccepted, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action, targetId: friendRequestId, detail: { robotId } }),
    )
  },
)
