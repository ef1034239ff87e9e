import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { rooms } from '@/lib/db/schema/room'
import { peerName } from '@/lib/message/peer-name'

/** Lists a robot's messages that are queued or being sent, in sending order. */
export async function listWaitingMessages(db: Db, { robotId, limit }: { robotId: string; limit: number }) {
  return db
    .select({
      id: messages.id,
      state: sql<'queued' | 'sending'>`${messages.state}`,
      type: messages.type,
      content: messages.content,
      roomName: rooms.name,
      peerName,
      createdAt: messages.createdAt,
      deadlineAt: messages.deadlineAt,
    })
    .from(messages)
    .leftJoin(rooms, eq(rooms.id, messages.roomId))
    .where(and(eq(messages.robotId, robotId), inArray(messages.state, ['queued', 'sending'])))
    .orderBy(asc(messages.sequence))
    .limit(limit)
}

export type WaitingMessage = Awaited<ReturnType<typeof listWaitingMessages>>[number]

/** Counts a robot's queued messages; `lastSequence` is that of the last one, null: none. */
export async function countWaitingMessages(db: Db, { robotId }: { robotId: string }) {
  const [queue] = await db
    .select({
      count: sql<number>`count(*)::int`,
      lastSequence: sql<string | null>`max(${messages.sequence})`,
    })
    .from(messages)
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued')))
  return { count: queue?.count ?? 0, lastSequence: queue?.lastSequence ? Number(queue.lastSequence) : null }
}

/** Returns the position, from 1, of each of these messages in the send queue; messages that are no longer queued are left out. */
export async function listQueuePositions(
  db: Db,
  { robotId, messageIds }: { robotId: string; messageIds: string[] },
): Promise<Map<string, number>> {
  if (messageIds.length === 0) return new Map()
  const position = sql<number>`(row_number() over (order by ${messages.sequence}))::int`
  const queue = db
    .select({ id: messages.id, position: position.as('position') })
    .from(messages)
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued')))
    .as('queue')
  const rows = await db.select().from(queue).where(inArray(queue.id, messageIds))
  return new Map(rows.map((row) => [row.id, row.position]))
}

/** Counts the messages sent in each of the last `minutes`, including the current one, oldest first. */
export async function countSentByMinute(db: Db, { robotId, minutes }: { robotId: string; minutes: number }) {
  const rows = await db.execute<{ startsAt: Date; count: number }>(sql`
    with span as (
      select generate_series(this - make_interval(mins => ${minutes - 1}), this, interval '1 minute') as starts_at
      from (select date_trunc('minute', clock_timestamp()) as this) as now
    ), sent as (
      select date_trunc('minute', finished_at) as starts_at, count(*)::int as count from messages
      where robot_id = ${robotId} and state = 'sent' and finished_at >= (select min(starts_at) from span) group by 1
    )
    select starts_at as "startsAt", coalesce(count, 0) as count from span left join sent using (starts_at) order by 1`)
  return [...rows].map((row) => ({ startsAt: new Date(row.startsAt), count: row.count }))
}
