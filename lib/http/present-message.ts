import type { MessageRow } from '@/lib/message/list-messages'

type Message = Pick<
  MessageRow,
  | 'id'
  | 'direction'
  | 'type'
  | 'state'
  | 'roomId'
  | 'senderName'
  | 'content'
  | 'replySource'
  | 'replyReason'
  | 'errorMessage'
  | 'createdAt'
  | 'finishedAt'
>

/** Presents a message in `/v1`; `error_msg` is "" unless it was refused, cancelled or is unknown. */
export function presentMessage(message: Message) {
  return {
    id: message.id,
    direction: message.direction,
    msg_type: message.type,
    state: message.state,
    room_id: message.roomId,
    nickname: message.senderName,
    content: message.content,
    reply: presentCause(message),
    error_msg: message.errorMessage ?? '',
    created_at: message.createdAt.toISOString(),
    finished_at: message.finishedAt?.toISOString() ?? null,
  }
}

/** Presents a message of a list, which also says with whom it was exchanged. */
export function presentListedMessage(message: Message & Pick<MessageRow, 'peerUsername'>) {
  return { ...presentMessage(message), to_user: message.roomId ?? message.peerUsername ?? '' }
}

function presentCause({ replySource, replyReason }: Pick<Message, 'replySource' | 'replyReason'>) {
  if (replySource === null) return null
  const { ruleId = null, ruleName = null, eventId = null, model = null, articles = [], messageId } = replyReason ?? {}
  return {
    source: replySource,
    rule_id: ruleId,
    rule_name: ruleName,
    event_id: eventId,
    model,
    articles: articles.map(({ id, title }) => ({ id, title })),
    message_id: messageId ?? null,
  }
}
