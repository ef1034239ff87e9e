import { eq, sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import type { SendFailure } from '@/lib/message/record-send-failure'
import { contractText } from '@/lib/sentence'
import { bindings, rooms } from '@/lib/db/schema/room'
import { findSubscriber, recordSubscribedEvent, type Subscriber } from '@/lib/callback/event/record-event'
import { notifiedRule } from '@/lib/callback/notified-rooms'

export type ReceivedMessage = {
  robotId: string
  /** null: a private message. */
  roomId: string | null
  messageId: string
  content: string
  /** The sender's name in that room. */
  nickname: string
  /** The sender's id in WeChat's terms. */
  senderId?: string
}

/**
 * Records that a person sent a message, if the application subscribes to it and the room is within its scope. Call it once,
 * in the transaction that stores the message, in the order of arrival. Returns the event's id; null: none was recorded.
 * Spec: 通知开发者, A12 (callbacks).
 */
export async function recordMessageReceived(tx: Tx, message: ReceivedMessage): Promise<string | null> {
  const { robotId, roomId, messageId, content, nickname, senderId } = message
  const subscriber = await findSubscriber(tx, { robotId, types: ['send_message'] })
  if (!subscriber || !(await isInScope(tx, message, subscriber))) return null
  // Where any customer may write, a reply needs the id; elsewhere the body stays as documented.
  const from = subscriber.robot.connection === 'wecom_kf' && senderId ? { from_user: senderId } : {}
  const data = { content, room_id: roomId ?? '', nickname, ...from }
  return recordSubscribedEvent(tx, subscriber, { type: 'send_message', robotId, roomId, messageId, data })
}

/** Records that WeChat accepted a message of ours. Call it in the transaction that stores this outcome. Spec: A13 (events). */
export async function recordMessageSent(tx: Tx, { robotId, messageId }: { robotId: string; messageId: string }) {
  const subscriber = await findSubscriber(tx, { robotId, types: ['message_sent'] })
  if (!subscriber) return
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId))
  if (!message || message.type === 'other') return
  const { roomId, peerUsername, type, content } = message
  const to = { room_id: roomId ?? '', to_user: roomId ?? peerUsername ?? '' }
  const data = { content, ...to, message_id: messageId, msg_type: type }
  await recordSubscribedEvent(tx, subscriber, { type: 'message_sent', robotId, roomId, messageId, data })
}

/** The documented retCode of a message that was accepted and not delivered. Spec: A5 (return codes). */
const failureCodes = { ILLEGAL_ACTION: '-1006', WECHAT_REFUSED: '-1' } as const

/**
 * Records that an accepted message was not delivered. Call it in the transaction that stores this outcome.
 * Spec: E6 (WeCom customer service), A13 (events).
 */
export async function recordMessageFailed(
  tx: Tx,
  { robotId, messageId, code, sentence }: { robotId: string; messageId: string } & SendFailure,
): Promise<void> {
  const subscriber = await findSubscriber(tx, { robotId, types: ['message_failed'] })
  if (!subscriber) return
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId))
  if (!message) return
  const { roomId, peerUsername } = message
  const data = {
    message_id: messageId,
    room_id: roomId ?? '',
    to_user: roomId ?? peerUsername ?? '',
    code: failureCodes[code],
    reason: contractText(sentence),
  }
  await recordSubscribedEvent(tx, subscriber, { type: 'message_failed', robotId, roomId, messageId, data })
}

async function isInScope(
  tx: Tx,
  { robotId, roomId }: ReceivedMessage,
  { roomScope, robot: { agentId, connection } }: Subscriber,
): Promise<boolean> {
  // A connection without rooms has no other messages to report. Spec: E5 (iLink).
  if (roomId === null) return roomScope === 'all+private' || !capabilitiesOf[connection].rooms
  const [decided] = await tx
    .select({
      isBindingByHand: sql<boolean>`coalesce(bool_or(${bindings.isBound} and ${bindings.source} = 'operator'), false)`,
      isRoomBound: sql<boolean | null>`bool_or(${bindings.isBound}) filter (where ${bindings.roomId} = ${roomId})`,
      isRoomUnboundByHand: sql<boolean>`coalesce(bool_or(not ${bindings.isBound} and ${bindings.source} = 'operator')
        filter (where ${bindings.roomId} = ${roomId}), false)`,
    })
    .from(bindings)
    .innerJoin(rooms, eq(rooms.id, bindings.roomId))
    .where(eq(rooms.robotId, robotId))
  const rule = notifiedRule({ roomScope, agentId, isBindingByHand: decided?.isBindingByHand ?? false })
  if (rule === 'bound') return decided?.isRoomBound ?? false
  return rule === 'all' || !decided?.isRoomUnboundByHand
}
