import { and, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import { capabilitiesOf, isBoundToOwner } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import { conversationNames, conversations } from '@/lib/db/schema/conversation'
import { nameContains } from '@/lib/db/text-search'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { getConnection } from '@/lib/robot/get-connection'

export type RecentContact = { id: string; nickname: string; isOwner: boolean }
type RecentContacts = { rows: RecentContact[]; nextCursor: string | null }

/** `search`: part of the nickname, or the complete id. `cursor`: `nextCursor` of the previous page. */
type Query = { search?: string | undefined; cursor?: string | undefined; limit: number }

/**
 * Lists the people that a robot can write to: the bound owner, otherwise those who wrote to it, latest conversation first. If the
 * connection has rooms, only those who wrote in the current login, because ids change with each login. `nextCursor` is null on the last
 * page. Spec: E5 (iLink), E6 (WeCom customer service). @throws INVALID_PARAMETER if `cursor` is of no page.
 */
export async function listRecentContacts(
  db: Db,
  { robotId, connection, search, cursor, limit }: { robotId: string; connection: RobotConnection } & Query,
): Promise<RecentContacts> {
  const before = cursor === undefined ? null : parseCursor(cursor)
  if (isBoundToOwner(connection)) {
    const { wechatUin } = await getConnection(db, { robotId })
    const isListed = wechatUin !== null && before === null && (!search || search === wechatUin)
    return { rows: isListed ? [{ id: wechatUin, nickname: '', isOwner: true }] : [], nextCursor: null }
  }
  const { id, peerUsername, lastSequence } = conversations
  const isListed = and(
    eq(conversations.robotId, robotId),
    isNull(conversations.roomId),
    before === null ? undefined : lt(lastSequence, before),
    hasWritten(robotId, connection),
  )
  const latest = (isIts: SQL | undefined) =>
    db
      .select({ id })
      .from(conversations)
      .where(and(isListed, isIts))
      .orderBy(desc(lastSequence))
      .limit(limit + 1)
  const isFound = search && inArray(id, union(latest(isNamed(db, search)), latest(eq(peerUsername, search))))
  const found = await db
    .select({ id: sql<string>`${peerUsername}`, nickname: conversations.name, lastSequence })
    .from(conversations)
    .where(isFound || isListed)
    .orderBy(desc(lastSequence))
    .limit(limit + 1)
  const page = found.slice(0, limit)
  const nextCursor = found.length > limit ? String(page.at(-1)?.lastSequence) : null
  return { rows: page.map(({ id: person, nickname }) => ({ id: person, nickname, isOwner: false })), nextCursor }
}

/** SQL: the person of a conversation has written to the robot. With its limit the messages of each person are looked up by their index. */
function hasWritten(robotId: string, connection: RobotConnection): SQL {
  const inThisLogin = capabilitiesOf[connection].rooms
    ? sql`and message.created_at >= (select online_at from sessions where robot_id = ${robotId} and state <> 'ended')`
    : sql``
  return sql`(select true from messages as message where message.robot_id = ${robotId}
    and message.peer_username = ${conversations.peerUsername} and message.room_id is null and message.direction = 'in' ${inThisLogin}
    order by message.sequence desc limit 1)`
}

function isNamed(db: Db, search: string): SQL {
  const { conversationId, name } = conversationNames
  return inArray(
    conversations.id,
    db.select({ conversationId }).from(conversationNames).where(nameContains(name, search)),
  )
}

function parseCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
}
