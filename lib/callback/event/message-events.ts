import { and, eq, type SQL, sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import { isAnyOf } from '@/lib/db/is-any-of'
import { messages } from '@/lib/db/schema/message'
import type { SendFailure } from '@/lib/message/record-send-failure'
import { contractText } from '@/lib/sentence'
import { bindings, rooms } from '@/lib/db/schema/room'
import {
  findSubscriber,
  recordSubscribedEvent,
  recordSubscribedEvents,
  type Subscriber,
  type Subscription,
} from '@/lib/callback/event/record-event'
import { notifiedRule } from '@/lib/callback/notified-rooms'

export type ReceivedMessage = {
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
 * Records that people sent messages to a robot, each for every endpoint that subscribes to it and has the room within its scope. Call it
 * once for each message, in the transaction that stores it, in the order of arrival. Returns the id of the default endpoint's event
 * of each; null: none was recorded for it. Spec: 通知开发者, A12 (callbacks).
 */
export async function recordMessagesReceived(
  tx: Tx,
  { robotId, received }: { robotId: string; received: readonly ReceivedMessage[] },
): Promise<(string | null)[]> {
  const subscriber = received.length > 0 ? await findSubscriber(tx, { robotId, types: ['send_message'] }) : null
  if (!subscriber) return received.map(() => null)
  const isInScope = await loadScope(tx, { robotId, received, subscriber })
  return recordSubscribedEvents(
    tx,
    subscriber,
    received.map(({ roomId, messageId, content, nickname, senderId }) => {
      // Where any customer may write, a reply needs the id; elsewhere the body stays as documented.
      const from = subscriber.robot.connection === 'wecom_kf' && senderId ? { from_user: senderId } : {}
      const data = { content, room_id: roomId ?? '', nickname, ...from }
      const event = { type: 'send_message' as const, robotId, roomId, messageId, data }
      return { event, subscriptions: subscriber.subscriptions.filter((each) => isInScope(each, roomId)) }
    }),
  )
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

/** Returns a function that says whether a subscription's scope contains a message in `roomId`. A list of rooms replaces the scope. */
async function loadScope(
  tx: Tx,
  {
    robotId,
    received,
    subscriber: { robot },
  }: { robotId: string; received: readonly ReceivedMessage[]; subscriber: Subscriber },
): Promise<(subscription: Subscription, roomId: string | null) => boolean> {
  const { agentId, connection } = robot
  const roomIds = [...new Set(received.flatMap(({ roomId }) => roomId ?? []))]
  const decided = roomIds.length > 0 ? await readDecisions(tx, { robotId, roomIds }) : null
  return (subscription, roomId) => {
    // A connection without rooms has no other messages to report. Spec: E5 (iLink).
    if (roomId === null) return subscription.roomScope === 'all+private' || !capabilitiesOf[connection].rooms
    if (subscription.roomIds) return true
    const isBindingByHand = decided?.isBindingByHand ?? false
    const rule = notifiedRule({ roomScope: subscription.roomScope, agentId, isBindingByHand })
    if (rule === 'bound') return decided?.boundIds.includes(roomId) ?? false
    return rule === 'all' || !decided?.unboundByHandIds.includes(roomId)
  }
}

/** Reads whether an operator has bound any room of the robot, and which of `roomIds` are bound, and unbound by an operator. */
async function readDecisions(tx: Tx, { robotId, roomIds }: { robotId: string; roomIds: readonly string[] }) {
  const isByHand = sql`${bindings.source} = 'operator'`
  const idsWhere = (condition: SQL) =>
    sql<
      string[]
    >`coalesce(array_agg(${bindings.roomId}) filter (where ${and(condition, isAnyOf(bindings.roomId, roomIds))}), '{}')`
  const [decided] = await tx
    .select({
      isBindingByHand: sql<boolean>`coalesce(bool_or(${bindings.isBound} and ${isByHand}), false)`,
      boundIds: idsWhere(sql`${bindings.isBound}`),
      unboundByHandIds: idsWhere(sql`not ${bindings.isBound} and ${isByHand}`),
    })
    .from(bindings)
    .innerJoin(rooms, eq(rooms.id, bindings.roomId))
    .where(eq(rooms.robotId, robotId))
  return decided
}
