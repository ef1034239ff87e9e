import { and, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { conversationNames, conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { roomNames } from '@/lib/db/schema/room'
import { contains, isTextIndexed, nameContains } from '@/lib/db/text-search'
import { latestMessagesWith } from '@/lib/message/latest-messages-with'

/** Maximum matching messages, the latest, whose conversations a search finds. */
const maxFound = 1000
/** Days and maximum latest messages that a search for one character covers: no index serves it. */
const oneCharacterDays = 30
const maxRead = 50_000

type Page = {
  view: string
  robotId?: string | undefined
  applicationId?: string | undefined
  /** Which conversations are listed, from the position of the page on. */
  isListed: SQL | undefined
  order: SQL[]
  limit: number
}

/**
 * SQL: a conversation is among those of a page whose person or room has a name with this text, or one of the latest messages. Each
 * part returns at most one page of matches, so that only these are sorted and read completely.
 */
export function isFoundBy(db: Db, search: string, page: Page): SQL {
  const { id, roomId, state } = conversations
  const isNamed = [
    sql`${id} in (select conversation_id from ${conversationNames} where ${nameContains(conversationNames.name, search)})`,
    sql`${roomId} in (select room_id from ${roomNames} where ${nameContains(roomNames.name, search)})`,
  ]
  const first = (isIts: SQL | undefined) =>
    sql`(${db
      .select({ id })
      .from(conversations)
      .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
      .where(and(page.isListed, isIts))
      .orderBy(...page.order)
      .limit(page.limit)})`
  // Open and closed ones each have an index in the order of the list; all together have none.
  const halves = page.view === 'all' ? [ne(state, 'closed'), eq(state, 'closed')] : [undefined]
  const named = halves.flatMap((half) => isNamed.map((isIts) => first(and(half, isIts))))
  return inArray(id, sql`(${sql.join([...named, first(hasMessage(search, page))], sql` union `)})`)
}

/** SQL: a conversation has one of the latest messages with this text. */
function hasMessage(search: string, { robotId, applicationId }: Page): SQL {
  const isIts = and(
    robotId ? eq(messages.robotId, robotId) : undefined,
    applicationId
      ? sql`${messages.robotId} in (select id from ${robots} where application_id = ${applicationId})`
      : undefined,
  )
  return sql`${conversations.id} in (
    with ${isTextIndexed(search) ? findByIndex(search, isIts) : findByReading(search, isIts)},
      found as materialized (select distinct robot_id, room_id, peer_username from latest)
    select holder.id from ${conversations} as holder join found on found.room_id = holder.room_id
    union all select holder.id from ${conversations} as holder join found on found.room_id is null and holder.room_id is null
      and found.robot_id = holder.robot_id and found.peer_username = holder.peer_username)`
}

function findByIndex(search: string, isIts: SQL | undefined): SQL {
  const columns = sql`robot_id, room_id, peer_username`
  const where = and(contains(messages.content, search), isIts)
  return sql`latest as (${latestMessagesWith(search, { columns, where, count: maxFound })})`
}

function findByReading(search: string, isIts: SQL | undefined): SQL {
  return sql`read as (select robot_id, room_id, peer_username, content, created_at from ${messages}
      where ${and(sql`${messages.createdAt} >= now() - make_interval(days => ${oneCharacterDays})`, isIts)}
      order by created_at desc limit ${maxRead}),
    latest as (select robot_id, room_id, peer_username from read where ${contains(sql`content`, search)}
      order by created_at desc limit ${maxFound})`
}
