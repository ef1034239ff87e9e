import type { FriendRequestRow } from '@/lib/address-book/friend-request'
import type { RoomMembers } from '@/lib/membership/list-room-members'
import type { ReachableRow } from '@/lib/message/list-reachable'

export function presentContact({ username, nickname, remark, isOwner }: ReachableRow) {
  return { id: username, nickname, remark, is_owner: isOwner }
}

/** A friend request without its ticket. */
export function presentFriendRequest(row: FriendRequestRow) {
  const { id, username, nickname, greeting, state, requestedAt, decidedAt } = row
  return {
    id,
    contact_id: username,
    nickname,
    greeting,
    state,
    requested_at: requestedAt.toISOString(),
    decided_at: decidedAt?.toISOString() ?? null,
  }
}

export function presentRoomMembers({ memberCount, readAt, rows, nextCursor }: RoomMembers) {
  return {
    member_count: memberCount,
    read_at: readAt?.toISOString() ?? null,
    members: rows.map(({ id, username, nickname, role, joinedAt }) => ({
      id,
      username,
      nickname,
      role,
      joined_at: joinedAt?.toISOString() ?? null,
    })),
    next_cursor: nextCursor,
  }
}
