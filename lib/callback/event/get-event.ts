import { and, eq, getTableColumns, type SQL, asc, lt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents, callbackAttempts } from '@/lib/db/schema/callback'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'

/** Selects events with the names of their application, endpoint and robot. */
export function selectNamedEvents(db: Db, ...conditions: (SQL | undefined)[]) {
  return db
    .select({
      ...getTableColumns(callbackEvents),
      applicationName: applications.name,
      /** null: the default endpoint, or a removed one. */
      endpointName: applicationEndpoints.name,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
    })
    .from(callbackEvents)
    .leftJoin(applications, eq(applications.id, callbackEvents.applicationId))
    .leftJoin(applicationEndpoints, eq(applicationEndpoints.id, callbackEvents.endpointId))
    .leftJoin(robots, eq(robots.id, callbackEvents.robotId))
    .where(and(...conditions))
}

export type NamedEvent = Awaited<ReturnType<typeof selectNamedEvents>>[number]

/** @property aheadId the event of the same room that must be delivered first; null: none. */
export type EventWithRoom = NamedEvent & { roomName: string | null; aheadId: string | null }

/** Returns an event of any application with its room and the event ahead of it. For operators. @throws NOT_FOUND */
export async function getEventOrThrow(db: Db, { eventId }: { eventId: string }): Promise<EventWithRoom> {
  const [event] = await selectNamedEvents(db, eq(callbackEvents.id, eventId))
  if (!event) throw new AppError('NOT_FOUND', { reason: 'callback_not_found' })
  const [room] = event.roomId ? await db.select({ name: rooms.name }).from(rooms).where(eq(rooms.id, event.roomId)) : []
  return { ...event, roomName: room?.name ?? null, aheadId: await findAhead(db, event) }
}

/** Within a room an event that has failed less than twice waits for the events before it (order within a room, A12). */
async function findAhead(db: Db, event: NamedEvent): Promise<string | null> {
  if (event.state !== 'pending' || event.attemptCount >= 2 || !event.roomId) return null
  const { lane, roomId, state, attemptCount, sequence, id } = callbackEvents
  const [ahead] = await db
    .select({ id })
    .from(callbackEvents)
    .where(
      and(
        eq(lane, event.lane),
        eq(roomId, event.roomId),
        eq(state, 'pending'),
        lt(attemptCount, 2),
        lt(sequence, event.sequence),
      ),
    )
    .orderBy(asc(sequence))
    .limit(1)
  return ahead?.id ?? null
}

export type CallbackAttempt = typeof callbackAttempts.$inferSelect

/** Lists the attempts of an event, oldest first. */
export async function listAttempts(db: Db, eventId: string): Promise<CallbackAttempt[]> {
  return db
    .select()
    .from(callbackAttempts)
    .where(eq(callbackAttempts.eventId, eventId))
    .orderBy(asc(callbackAttempts.number))
}
