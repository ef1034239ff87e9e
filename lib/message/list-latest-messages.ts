import { desc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'

/** The latest messages of all robots, newest first, for operators, who see every application. Reads each robot's own latest by index. */
export async function listLatestMessages(db: Db, { limit }: { limit: number }) {
  const latest = db
    .select()
    .from(messages)
    .where(eq(messages.robotId, robots.id))
    .orderBy(desc(messages.sequence))
    .limit(limit)
    .as('latest')
  const rows = await db
    .select()
    .from(robots)
    .crossJoinLateral(latest)
    .leftJoin(rooms, eq(rooms.id, latest.roomId))
    .where(isNull(robots.deletedAt))
    .orderBy(desc(latest.sequence))
    .limit(limit)
  return rows.map((row) => ({ ...row.latest, roomName: row.rooms?.name ?? null }))
}
