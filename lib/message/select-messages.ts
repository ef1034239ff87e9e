import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'

/** Reads messages as operators see them, with the names of robot and room. */
export function selectMessages(db: Db) {
  return db
    .select({
      id: messages.id,
      sequence: messages.sequence,
      robotId: messages.robotId,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
      direction: messages.direction,
      type: messages.type,
      state: messages.state,
      roomId: messages.roomId,
      roomName: rooms.name,
      peerUsername: messages.peerUsername,
      senderName: messages.senderName,
      content: messages.content,
      wechatId: messages.wechatId,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      idempotencyKey: messages.idempotencyKey,
      deadlineAt: messages.deadlineAt,
      createdAt: messages.createdAt,
      finishedAt: messages.finishedAt,
    })
    .from(messages)
    .innerJoin(robots, eq(robots.id, messages.robotId))
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .$dynamic()
}

export type MessageRow = Awaited<ReturnType<typeof selectMessages>>[number]
