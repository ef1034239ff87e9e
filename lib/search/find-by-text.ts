import { and, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '../db/client'
import { containing } from '../db/containing'
import { applications } from '../db/schema/application'
import { quns } from '../db/schema/qun'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'

export type Hit = {
  kind: 'robot' | 'application' | 'qun' | 'room'
  id: string
  name: string
  /** What tells it from others of its name. */
  detail: string
  /** The robot a room is in; null for other kinds. */
  robotId: string | null
}

/** Finds a few things of each kind by a part of a name or number, or by their whole id; what begins so comes first. */
export async function findByText(db: Db, { text, limit }: { text: string; limit: number }): Promise<Hit[]> {
  const pattern = containing(text)
  const within = (id: PgColumn, ...columns: PgColumn[]) =>
    or(eq(id, text), ...columns.map((column) => ilike(column, pattern)))
  const beginsFirst = (name: PgColumn | SQL, id: PgColumn) => [sql`not ${name} ilike ${pattern.slice(1)}`, name, id]
  const robotName = sql<string>`coalesce(nullif(${robots.nickname}, ''), ${robots.username})`
  const found = await Promise.all([
    db
      .select({ id: robots.id, name: robotName, detail: robots.username })
      .from(robots)
      .where(and(isNull(robots.deletedAt), within(robots.id, robots.nickname, robots.username, robots.agentId)))
      .orderBy(...beginsFirst(robotName, robots.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'robot', robotId: null, ...row }))),
    db
      .select({ id: applications.id, name: applications.name })
      .from(applications)
      .where(within(applications.id, applications.name))
      .orderBy(...beginsFirst(applications.name, applications.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'application', detail: '', robotId: null, ...row }))),
    db
      .select({ id: quns.id, name: quns.name, detail: quns.ownerName })
      .from(quns)
      .where(within(quns.id, quns.name, quns.number, quns.ownerName))
      .orderBy(...beginsFirst(quns.name, quns.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'qun', robotId: null, ...row }))),
    db
      .select({ id: rooms.id, name: rooms.name, detail: robotName, robotId: rooms.robotId })
      .from(rooms)
      .innerJoin(robots, eq(robots.id, rooms.robotId))
      .where(and(isNull(robots.deletedAt), isNull(rooms.goneAt), within(rooms.id, rooms.name)))
      .orderBy(...beginsFirst(rooms.name, rooms.id))
      .limit(limit)
      .then((rows) => rows.map((row): Hit => ({ kind: 'room', ...row }))),
  ])
  return found.flat()
}
