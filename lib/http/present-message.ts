import type { getMessageOrThrow } from '@/lib/message/get-message'

type Message = Awaited<ReturnType<typeof getMessageOrThrow>>

/** A message as `/v1` shows it; `error_msg` is "" unless it was refused, cancelled or is unknown. */
export function presentMessage(message: Message) {
  return {
    id: message.id,
    direction: message.direction,
    msg_type: message.type,
    state: message.state,
    room_id: message.roomId,
    nickname: message.senderName,
    content: message.content,
    error_msg: message.errorMessage ?? '',
    created_at: message.createdAt.toISOString(),
    finished_at: message.finishedAt?.toISOString() ?? null,
  }
}
