import { decideFriendRequest } from '@/lib/actions/command-contact'
import { getFriendRequestOrThrow } from '@/lib/address-book/friend-request'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { acceptFriendRequest as contract } from '@/lib/http/contract/contact-contracts'
import { presentFriendRequest } from '@/lib/http/present-contact'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, who, path, requireRobot }) => {
    const request = { robotId: requireRobot().id, friendRequestId: path('requestId') }
    await decideFriendRequest(ctx, { ...request, isAccepted: true, actor: who.actor }, (tx) =>
      recordAudit(tx, {
        ...who,
        action: 'friend_request.accept',
        targetId: request.friendRequestId,
        detail: { robotId: request.robotId },
      }),
    )
    return { friend_request: presentFriendRequest(await getFriendRequestOrThrow(ctx.db, request)) }
  }),
])
