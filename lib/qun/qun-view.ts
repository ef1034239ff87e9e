import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'

export const qunStatuses = ['pending_owner', 'pending_room', 'open', 'full', 'paused', 'closed'] as const
/** pending_owner: the owner is not identified; pending_room: the room is being created, or WeChat has refused so far, or no group is free. */
export type QunStatus = (typeof qunStatuses)[number]

export const qunStatusOf = sql<QunStatus>`case
  when ${quns.state} = 'closed' then 'closed'
  when ${quns.state} = 'pending' and ${quns.ownerId} is null and ${robots.connection} <> 'wecom_group' then 'pending_owner'
  when ${quns.state} = 'pending' then 'pending_room'
  when ${quns.pausedAt} is not null then 'paused'
  when ${quns.fullAt} is not null then 'full'
  else 'open' end`

/** Selects quns with their status, room, assistant and identified owner. */
export function selectQunViews(db: Db) {
  return db
    .select({
      ...getTableColumns(quns),
      status: qunStatusOf.as('status'),
      applicationId: robots.applicationId,
      connection: robots.connection,
      assistantUsername: robots.username,
      assistantNickname: robots.nickname,
      ownerNickname: contacts.nickname,
      /** null: no owner yet, or identified before this was recorded. */
      ownerIdentifiedBy: memberships.identifiedBy,
      /** null: no room yet, or it still has the secret name, which must not be shown. */
      roomName: sql<string | null>`nullif(${rooms.name}, coalesce(${quns.nonceName}, ''))`,
      roomUsername: rooms.username,
      memberCount: sql<number>`coalesce(${rooms.memberCount}, 0)`,
    })
    .from(quns)
    .innerJoin(robots, eq(robots.id, quns.robotId))
    .leftJoin(contacts, eq(contacts.id, quns.ownerId))
    .leftJoin(memberships, and(eq(memberships.qunId, quns.id), eq(memberships.contactId, quns.ownerId)))
    .leftJoin(rooms, eq(rooms.id, quns.roomId))
    .$dynamic()
}

export type QunView = Awaited<ReturnType<typeof selectQunViews>>[number]

/** Returns the name that pages show: what an operator chose, otherwise that of the room, without the number of 15 digits. */
export function shownName(qun: Pick<QunView, 'isRenameDue' | 'roomName' | 'name' | 'number' | 'ownerName'>): string {
  const { isRenameDue, roomName, name, number, ownerName } = qun
  const full = isRenameDue ? name : roomName || name
  return full.replace(number, '').trim() || ownerName
}

const closedReasons = {
  pending_owner: 'qun_not_ready',
  pending_room: 'qun_not_ready',
  full: 'qun_full',
  paused: 'qun_paused',
  closed: 'qun_closed',
} as const

/** @throws QUN_NOT_OPEN unless members can join now. Spec: B1 (responses and errors). */
export function requireOpen({ status }: QunView): void {
  if (status !== 'open') throw new AppError('QUN_NOT_OPEN', { reason: closedReasons[status] })
}
