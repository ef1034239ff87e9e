import { eq, and, desc, lt, isNull, sql, inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { latestMessagesWith } from '@/lib/message/latest-messages-with'
import { peerName } from '@/lib/message/peer-name'
import { isInSequenceRange, isLongText, matchesFilters, type MessageFilters } from '@/lib/message/message-filters'
import { readPage } from '@/lib/db/read-page'
import type { Page, Paged } from '@/lib/paging'

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
      peerName,
      senderName: messages.senderName,
      content: messages.content,
      wechatId: messages.wechatId,
      replySource: messages.replySource,
      replyReason: messages.replyReason,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      errorReason: messages.errorReason,
      errorParams: messages.errorParams,
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

/** Days that a search by text covers within one robot's messages. */
const robotSearchDays = 30

/** Lists a robot's messages in both directions, newest first; `beforeSequence` is the cursor of the next page. */
export async function listMessages(
  db: Db,
  filters: MessageFilters & { robotId: string; beforeSequence?: number | undefined; limit: number },
): Promise<MessageRow[]> {
  const { robotId, beforeSequence, limit } = filters
  return selectMessages(db)
    .where(
      and(
        eq(messages.robotId, robotId),
        beforeSequence ? lt(messages.sequence, beforeSequence) : undefined,
        isInSequenceRange(filters, { searchedDays: robotSearchDays }),
        matchesFilters(filters, { searchedDays: robotSearchDays }),
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(limit)
}

/** Days that a search by text covers across all robots. */
const globalSearchDays = 7

/** Lists a page of the messages of all robots, or of one, newest first. For operators, who see every application. */
export async function listMessagePage(
  db: Db,
  filters: Page & MessageFilters & { robotId?: string | undefined },
): Promise<Paged<MessageRow>> {
  const { robotId } = filters
  const where = and(
    isNull(robots.deletedAt),
    robotId
      ? and(eq(messages.robotId, robotId), isInSequenceRange(filters, { searchedDays: globalSearchDays }))
      : undefined,
    matchesFilters(filters, { searchedDays: globalSearchDays }),
  )
  // Each order has its index: by sequence for one robot, by time for all.
  const orderBy = robotId ? [desc(messages.sequence)] : [desc(messages.createdAt), desc(messages.sequence)]
  const { search } = filters
  if (robotId || !isLongText(search))
    return readPage(db, () => selectMessages(db).where(where), { ...filters, orderBy })
  const isFound = and(
    matchesFilters(filters, { searchedDays: globalSearchDays, isByIndex: false }),
    sql`${messages.robotId} in (select id from ${robots} where ${isNull(robots.deletedAt)})`,
  )
  const latest = (count: number) => latestMessagesWith(search, { columns: sql`id`, where: isFound, count })
  return readPage(
    db,
    (first) => selectMessages(db).where(first ? sql`${messages.id} in (${latest(first.count)})` : where),
    { ...filters, orderBy },
  )
}

const excerptLength = 200

/** Lists the latest messages of all robots, newest first. For operators, who see every application. */
export async function listLatestMessages(db: Db, { limit }: { limit: number }) {
  return db
    .select({
      id: messages.id,
      robotId: messages.robotId,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
      direction: messages.direction,
      type: messages.type,
      state: messages.state,
      roomName: rooms.name,
      senderName: messages.senderName,
      excerpt: sql<string>`left(${messages.content}, ${excerptLength})`,
      errorMessage: messages.errorMessage,
      errorReason: messages.errorReason,
      errorParams: messages.errorParams,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .innerJoin(robots, and(eq(robots.id, messages.robotId), isNull(robots.deletedAt)))
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .orderBy(desc(messages.createdAt), desc(messages.sequence))
    .limit(limit)
}

/** Lists the last message of each of these rooms; rooms without messages are left out. */
export async function listLastMessagePerRoom(db: Db, { roomIds }: { roomIds: string[] }) {
  if (roomIds.length === 0) return []
  const last = db
    .select()
    .from(messages)
    .where(eq(messages.roomId, rooms.id))
    .orderBy(desc(messages.sequence))
    .limit(1)
    .as('last')
  return db
    .select({
      roomId: rooms.id,
      direction: last.direction,
      type: last.type,
      senderName: last.senderName,
      excerpt: sql<string>`left(${last.content}, ${excerptLength})`,
      createdAt: last.createdAt,
    })
    .from(rooms)
    .innerJoinLateral(last, sql`true`)
    .where(inArray(rooms.id, roomIds))
}
