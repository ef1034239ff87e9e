import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { applications } from '../db/schema/application'
import { callbackEvents } from '../db/schema/callback'
import { robots } from '../db/schema/robot'
import { bindings, rooms } from '../db/schema/room'
import { newId } from '../id'
import { applicationLane } from './lane'
import { storableText } from './storable-text'

export type HeardMessage = {
  robotId: string
  /** null = private. */
  roomId: string | null
  messageId: string
  content: string
  /** The speaker's name in that room. */
  nickname: string
}

/**
 * Writes the callback of a message somebody else said, if the robot's application wants to hear of it.
 * Call it once, in the transaction that stores the message, in the order of arrival; after the commit wake the lane it
 * returns. null = nobody is told. Spec: 通知开发者, decisions A12.
 */
export async function tellOfMessage(tx: Tx, message: HeardMessage): Promise<string | null> {
  const [application] = await tx
    .select({
      id: applications.id,
      callbackUrl: applications.callbackUrl,
      eventTypes: applications.eventTypes,
      roomScope: applications.roomScope,
      agentId: robots.agentId,
    })
    .from(robots)
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .where(and(eq(robots.id, message.robotId), isNull(applications.disabledAt)))
  if (!application?.callbackUrl || !application.eventTypes.includes('send_message')) return null
  if (!(await isInScope(tx, message, application))) return null

  const lane = applicationLane(application.id)
  await tx.insert(callbackEvents).values({
    id: newId('callbackEvent'),
    applicationId: application.id,
    lane,
    type: 'send_message',
    robotId: message.robotId,
    roomId: message.roomId,
    messageId: message.messageId,
    data: {
      content: storableText(message.content),
      robot_id: message.robotId,
      room_id: message.roomId ?? '',
      nickname: storableText(message.nickname),
    },
  })
  return lane
}

type Scope = { roomScope: (typeof applications.$inferSelect)['roomScope']; agentId: string | null }

async function isInScope(tx: Tx, { robotId, roomId }: HeardMessage, { roomScope, agentId }: Scope): Promise<boolean> {
  if (roomId === null) return roomScope === 'all+private'
  if (roomScope !== 'bound') return true
  const [robot] = await tx
    .select({
      isBindingByHand: sql<boolean>`coalesce(bool_or(${bindings.isBound} and ${bindings.source} = 'operator'), false)`,
      isRoomBound: sql<boolean | null>`bool_or(${bindings.isBound}) filter (where ${bindings.roomId} = ${roomId})`,
      isRoomUnboundByHand: sql<boolean>`coalesce(bool_or(not ${bindings.isBound} and ${bindings.source} = 'operator')
        filter (where ${bindings.roomId} = ${roomId}), false)`,
    })
    .from(bindings)
    .innerJoin(rooms, eq(rooms.id, bindings.roomId))
    .where(eq(rooms.robotId, robotId))
  if (agentId || robot?.isBindingByHand) return robot?.isRoomBound ?? false
  return !robot?.isRoomUnboundByHand
}
