import { listFriendRequests } from '@/lib/address-book/friend-request'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listFriendRequests as contract } from '@/lib/http/contract/contact-contracts'
import { presentFriendRequest } from '@/lib/http/present-contact'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, parameters: { state, cursor, limit }, requireRobot }) => {
    const filters = { robotId: requireRobot().id, state, beforeSequence: cursor, limit }
    const { rows, nextCursor } = await listFriendRequests(ctx.db, filters)
    return { friend_requests: rows.map(presentFriendRequest), next_cursor: nextCursor }
  }),
])
