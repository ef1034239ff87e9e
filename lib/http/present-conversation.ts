import type { ConversationRow } from '@/lib/conversation/list-conversations'

/** Presents a conversation in `/v1`. */
export function presentConversation(row: ConversationRow) {
  return {
    id: row.id,
    robot_id: row.robotId,
    room_id: row.roomId,
    to_user: row.roomId ?? row.peerUsername ?? '',
    nickname: row.roomName ?? row.name,
    state: row.state,
    operator: row.assigneeEmail,
    unread: row.unreadCount,
    waiting_since: row.waitingSince?.toISOString() ?? null,
    last_message_at: row.lastMessageAt.toISOString(),
  }
}
