import { and, eq, getTableColumns, type SQL } from 'drizzle-orm'
import type { Db } from '../db/client'
import { applications } from '../db/schema/application'
import { callbackEvents } from '../db/schema/callback'
import { robots } from '../db/schema/robot'

/** Selects callbacks with the names of whom they are about. */
export function selectNamedEvents(db: Db, ...conditions: (SQL | undefined)[]) {
  return db
    .select({
      ...getTableColumns(callbackEvents),
      applicationName: applications.name,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
    })
    .from(callbackEvents)
    .leftJoin(applications, eq(applications.id, callbackEvents.applicationId))
    .leftJoin(robots, eq(robots.id, callbackEvents.robotId))
    .where(and(...conditions))
}

export type NamedEvent = Awaited<ReturnType<typeof selectNamedEvents>>[number]
