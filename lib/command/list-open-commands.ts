import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { commands } from '@/lib/db/schema/command'

/** Lists the queued and running commands of a robot, oldest first. */
export async function listOpenCommands(db: Db, { robotId, limit }: { robotId: string; limit: number }) {
  return db
    .select({
      id: commands.id,
      type: commands.type,
      state: sql<'queued' | 'running'>`${commands.state}`,
      actor: commands.actor,
      createdAt: commands.createdAt,
      deadlineAt: commands.deadlineAt,
    })
    .from(commands)
    .where(and(eq(commands.robotId, robotId), inArray(commands.state, ['queued', 'running'])))
    .orderBy(asc(commands.sequence))
    .limit(limit)
}
