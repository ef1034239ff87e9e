import { and, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db/client'
import { likePattern } from '@/lib/db/like-pattern'
import { applications } from '@/lib/db/schema/application'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'

export type Hit = {
  kind: 'robot' | 'application' | 'qun' | 'room'
  id: string
  name: string
  /** Distinguishes it from others with the same name. */
  detail: string
  /** Robot of a room; null: another kind. */
  robotId: string | null
}

/** Finds up to `limit` rows of each kind by id or by part of a name or number; names that begin with the text first. */
export async function findByText(db: Db, { text, limit }: { text: string; limit: number }): Promise<Hit[]> {
  const pattern = likePattern(text)
  const matches = (id: PgColumn, ...columns: PgColumn[]) =>
    or(eq(id, text), ...columns.map((column) => ilike(column, pattern)))
  const beginsFirst = (name: PgColumn | SQL, id: PgColumn) => [sql`not ${name} ilike ${pattern.slice(1)}`, name, id]
  const robotName = sql<string>`coalesce(nullif(${robots.nickname}, ''), ${robots.username})`
  const results = await Promise.all([
    db
      .select({ id: robots.id, name: robotName, detail: robots.username })
      .from(robots)
      .where(and(isNull(robots.deletedAt), matches(robots.id, robots.nickname, robots.username, robots.agentId)))
      .orderBy(...beginsFirst(robotName, robots.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'robot', robotId: null, ...row }))),
    db
      .select({ id: applications.id, name: applications.name })
      .from(applications)
      .where(matches(applications.id, applications.name))
      .orderBy(...beginsFirst(applications.name, applications.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'application', detail: '', robotId: null, ...row }))),
    db
      .select({ id: quns.id, name: quns.name, detail: quns.ownerName })
      .from(quns)
      .where(matches(quns.id, quns.name, quns.number, quns.ownerName))
      .orderBy(...beginsFirst(quns.name, quns.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'qun', robotId: null, ...row }))),
    db
      .select({ id: rooms.id, name: rooms.name, detail: robotName, robotId: rooms.robotId })
      .from(rooms)
      .innerJoin(robots, eq(robots.id, rooms.robotId))
      .where(and(isNull(robots.deletedAt), isNull(rooms.goneAt), matches(rooms.id, rooms.name)))
      .orderBy(...beginsFirst(rooms.name, rooms.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'room', ...row }))),
  ])
  return results.flat()
}
