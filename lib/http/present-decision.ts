import type { DecisionRow } from '@/lib/reply/list-decisions'

/** Presents what automatic replies decided about an event, in `/v1`. */
export function presentDecision(row: DecisionRow) {
  return {
    id: row.id,
    robot_id: row.robotId,
    room_id: row.roomId,
    to_user: row.roomId ?? row.peerUsername ?? '',
    nickname: row.personName,
    event: row.messageId === null ? ('joined' as const) : ('message' as const),
    message_id: row.messageId,
    text: row.messageExcerpt ?? '',
    outcome: row.outcome ?? ('silent' as const),
    silence: row.silence,
    source: row.source,
    rule_id: row.ruleId,
    rule_name: row.ruleName ?? row.replyReason?.ruleName ?? null,
    reply_id: row.replyId,
    reply: row.replyExcerpt ?? '',
    articles: row.replyReason?.articles ?? [],
    failure: row.failure,
    created_at: row.createdAt.toISOString(),
    decided_at: row.decidedAt?.toISOString() ?? null,
  }
}
