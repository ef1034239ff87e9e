import { and, asc, eq, lt } from 'drizzle-orm'
import type { Db } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { rooms } from '../db/schema/room'
import { AppError } from '../errors'
import { type NamedEvent, selectNamedEvents } from './select-named-events'

/** @property aheadId the event of the same room that has to go first; null = nothing is in its way. */
export type EventInPlace = NamedEvent & { roomName: string | null; aheadId: string | null }

/** Reads a callback of any application, and where it stands: for operators. @throws NOT_FOUND */
export async function getEventOrThrow(db: Db, { eventId }: { eventId: string }): Promise<EventInPlace> {
  const [event] = await selectNamedEvents(db, eq(callbackEvents.id, eventId))
  if (!event) throw new AppError('NOT_FOUND', '回调不存在，或已过保存期限')
  const [room] = event.roomId ? await db.select({ name: rooms.name }).from(rooms).where(eq(rooms.id, event.roomId)) : []
  return { ...event, roomName: room?.name ?? null, aheadId: await findAhead(db, event) }
}

/** Within a room one that has failed less than twice waits for those before it (A12). */
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
