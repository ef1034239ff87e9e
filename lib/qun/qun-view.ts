import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { contacts } from '../db/schema/contact'
import { quns } from '../db/schema/qun'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'

export const qunStatuses = ['pending_owner', 'pending_room', 'open', 'full', 'paused', 'closed'] as const
/** pending_owner: nobody has proved to be the owner; pending_room: the room is being made, or WeChat refused so far. */
export type QunStatus = (typeof qunStatuses)[number]

export const qunStatusOf = sql<QunStatus>`case
  when ${quns.state} = 'closed' then 'closed'
  when ${quns.state} = 'pending' and ${quns.ownerId} is null then 'pending_owner'
  when ${quns.state} = 'pending' then 'pending_room'
  when ${quns.pausedAt} is not null then 'paused'
  when ${quns.fullAt} is not null then 'full'
  else 'open' end`

/** Reads quns with their status, room, assistant and who the owner turned out to be. */
export function selectQunViews(db: Db) {
  return db
    .select({
      ...getTableColumns(quns),
      status: qunStatusOf.as('status'),
      applicationId: robots.applicationId,
      assistantUsername: robots.username,
      assistantNickname: robots.nickname,
      ownerNickname: contacts.nickname,
      roomName: rooms.name,
      roomUsername: rooms.username,
      memberCount: sql<number>`coalesce(${rooms.memberCount}, 0)`,
    })
    .from(quns)
    .innerJoin(robots, eq(robots.id, quns.robotId))
    .leftJoin(contacts, eq(contacts.id, quns.ownerId))
    .leftJoin(rooms, eq(rooms.id, quns.roomId))
    .$dynamic()
}

export type QunView = Awaited<ReturnType<typeof selectQunViews>>[number]
