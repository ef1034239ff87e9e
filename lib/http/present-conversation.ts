import type { ConversationEntry } from '@/lib/conversation/list-conversation-messages'
import type { ConversationRow } from '@/lib/conversation/list-conversations'
import type { ConversationCounts } from '@/lib/metrics/conversation-figures'
import type { ReplyWindow } from '@/lib/message/reply-window'
import { contractText } from '@/lib/sentence'

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
    handover_reason: row.handoverReason && { source: row.handoverReason.source, text: row.handoverReason.text ?? '' },
    handover_problem: row.serviceRefusal && contractText(row.serviceRefusal),
    service_state: row.serviceState,
    last_message_at: row.lastMessageAt.toISOString(),
    last_message:
      row.lastDirection && row.lastType && row.lastState
        ? { direction: row.lastDirection, msg_type: row.lastType, state: row.lastState, text: row.lastExcerpt ?? '' }
        : null,
  }
}

/** Presents a conversation with its reply window, in `/v1`. */
export function presentConversationDetail(row: ConversationRow, window: ReplyWindow | null) {
  return {
    ...presentConversation(row),
    reply_window: window && {
      hours: window.hours,
      count: window.count,
      closes_at: window.closesAt?.toISOString() ?? null,
      left: window.isOver ? 0 : window.leftCount,
    },
  }
}

/** Presents a note in `/v1`; `operator` null: written by the API. */
export function presentNote({
  text,
  operatorEmail,
  createdAt,
}: Pick<ConversationEntry, 'text' | 'operatorEmail' | 'createdAt'>) {
  return { text, operator: operatorEmail, created_at: createdAt.toISOString() }
}

/** Presents the figures of conversations in `/v1`. */
export function presentConversationCounts(counts: ConversationCounts) {
  return {
    operator_count: counts.operatorCount,
    model_count: counts.modelCount,
    callback_count: counts.callbackCount,
    rule_count: counts.ruleCount,
    request_count: counts.requestCount,
    resolved_count: counts.resolvedCount,
    typical_wait_ms: counts.typicalWaitMs,
    slow_wait_ms: counts.slowWaitMs,
    typical_response_ms: counts.typicalResponseMs,
    slow_response_ms: counts.slowResponseMs,
  }
}
