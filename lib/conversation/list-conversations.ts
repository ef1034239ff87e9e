import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { operators } from '@/lib/db/schema/operator'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'
import { isFoundBy } from '@/lib/conversation/search-conversations'

export const conversationViews = ['open', 'waiting', 'mine', 'unread', 'closed', 'all'] as const
export type ConversationView = (typeof conversationViews)[number]

export type ConversationFilters = {
  view: ConversationView
  /** Whose conversations `mine` lists. */
  operatorId?: string | undefined
  robotId?: string | undefined
  applicationId?: string | undefined
  /** Part of the name of the person or room, or of one of the latest messages with this text. */
  search?: string | undefined
}

/** Position in a list, from `cursorOf`; opaque to clients. */
export type Cursor = string

const excerptLength = 120

function selectConversations(db: Db) {
  return db
    .select({
      id: conversations.id,
      robotId: conversations.robotId,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
      connection: robots.connection,
      applicationId: robots.applicationId,
      applicationName: applications.name,
      roomId: conversations.roomId,
      roomName: rooms.name,
      roomGoneAt: rooms.goneAt,
      peerUsername: conversations.peerUsername,
      name: conversations.name,
      state: conversations.state,
      assigneeId: conversations.assigneeId,
      assigneeEmail: operators.email,
      unreadCount: conversations.unreadCount,
      lastSequence: conversations.lastSequence,
      lastMessageAt: conversations.lastMessageAt,
      waitingSince: conversations.waitingSince,
      handoverReason: conversations.handoverReason,
      serviceRefusal: conversations.serviceRefusal,
      serviceState: conversations.serviceState,
      createdAt: conversations.createdAt,
      /** null: the last message has been deleted by retention. */
      lastDirection: messages.direction,
      lastType: messages.type,
      lastState: messages.state,
      lastExcerpt: sql<string | null>`left(${messages.content}, ${excerptLength})`,
    })
    .from(conversations)
    .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .leftJoin(rooms, eq(rooms.id, conversations.roomId))
    .leftJoin(operators, eq(operators.id, conversations.assigneeId))
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .$dynamic()
}

export type ConversationRow = Awaited<ReturnType<typeof selectConversations>>[number]

/**
 * Lists conversations after `cursor`: those that wait longest first in the view `waiting`, otherwise the latest first. `nextCursor`
 * null: the last page.
 */
export async function listConversations(
  db: Db,
  { cursor, limit, ...filters }: ConversationFilters & { cursor?: Cursor | undefined; limit: number },
): Promise<{ rows: ConversationRow[]; nextCursor: Cursor | null }> {
  const isByWait = filters.view === 'waiting'
  const after = cursor ? parseCursor(cursor, isByWait) : undefined
  const order = isByWait ? [asc(conversations.waitingSince), asc(conversations.id)] : [desc(conversations.lastSequence)]
  const isListed = and(matches(filters), after)
  const { search, ...searched } = filters
  const isOnPage = search
    ? isFoundBy(db, search, { ...searched, isListed, order, limit: limit + 1 })
    : isLatestOfAll(db, filters, { after, limit })
  const rows = await selectConversations(db)
    .where(and(isListed, isOnPage))
    .orderBy(...order)
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? cursorOf(last, isByWait) : null }
}

/** Returns a conversation, optionally only one of an application. @throws NOT_FOUND */
export async function getConversationOrThrow(
  db: Db,
  { conversationId, applicationId }: { conversationId: string; applicationId?: string | undefined },
): Promise<ConversationRow> {
  const [row] = await selectConversations(db).where(
    and(eq(conversations.id, conversationId), applicationId ? eq(robots.applicationId, applicationId) : undefined),
  )
  if (!row) throw new AppError('NOT_FOUND', { reason: 'conversation_not_found' })
  return row
}

/** Counts the conversations that wait for a person, up to `max`. */
export async function countWaiting(db: Db, { max }: { max: number }): Promise<number> {
  const waiting = db
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
    .where(eq(conversations.state, 'waiting'))
    .limit(max)
  return db.$count(waiting.as('waiting'))
}

function matches({ view, operatorId, robotId, applicationId }: ConversationFilters): SQL | undefined {
  return and(
    inView(view, operatorId),
    robotId ? eq(conversations.robotId, robotId) : undefined,
    applicationId ? eq(robots.applicationId, applicationId) : undefined,
  )
}

function inView(view: ConversationView, operatorId: string | undefined): SQL | undefined {
  switch (view) {
    case 'open':
      return ne(conversations.state, 'closed')
    case 'waiting':
    case 'closed':
      return eq(conversations.state, view)
    case 'mine':
      return eq(conversations.assigneeId, operatorId ?? '')
    case 'unread':
      return gt(conversations.unreadCount, 0)
    case 'all':
      return undefined
  }
}

/** SQL: a conversation is on the next page of the view `all`, found by the indexes of open and of closed ones; undefined: another view. */
function isLatestOfAll(
  db: Db,
  { view, search, robotId, applicationId }: ConversationFilters,
  { after, limit }: { after: SQL | undefined; limit: number },
): SQL | undefined {
  if (view !== 'all' || search || robotId) return undefined
  const latestOf = (isIts: SQL) =>
    db
      .select({ id: conversations.id })
      .from(conversations)
      .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
      .where(and(isIts, after, applicationId ? eq(robots.applicationId, applicationId) : undefined))
      .orderBy(desc(conversations.lastSequence))
      .limit(limit + 1)
  const { state, id } = conversations
  return inArray(id, unionAll(latestOf(ne(state, 'closed')), latestOf(eq(state, 'closed'))))
}

function cursorOf({ waitingSince, id, lastSequence }: ConversationRow, isByWait: boolean): Cursor {
  return isByWait ? `${waitingSince?.toISOString() ?? ''}~${id}` : String(lastSequence)
}

function parseCursor(cursor: Cursor, isByWait: boolean): SQL | undefined {
  const [position = '', id = ''] = cursor.split('~')
  if (isByWait ? Number.isNaN(Date.parse(position)) : !/^\d{1,15}$/.test(position))
    throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  if (!isByWait) return lt(conversations.lastSequence, Number(position))
  // A cursor has milliseconds, the column microseconds.
  return sql`(date_trunc('milliseconds', ${conversations.waitingSince}), ${conversations.id}) > (${position}::timestamptz, ${id})`
}

/** Deletes a batch of conversations without a message for that long, unless a person is concerned; returns their number. */
export async function deleteOldConversations(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const old = db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        sql`${conversations.lastMessageAt} < statement_timestamp() - make_interval(days => ${olderThanDays})`,
        inArray(conversations.state, ['bot', 'closed']),
      ),
    )
    .orderBy(asc(conversations.lastMessageAt))
    .limit(batchSize)
    .for('update', { skipLocked: true })
  const deleted = await db
    .delete(conversations)
    .where(inArray(conversations.id, old))
    .returning({ id: conversations.id })
  return deleted.length
}
