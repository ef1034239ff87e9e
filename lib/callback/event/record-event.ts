import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { robots } from '@/lib/db/schema/robot'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { applicationLane } from '@/lib/callback/delivery/lane'
import type { EventData, SubscribableEventType } from '@/lib/callback/event/catalog'
import { stripUnstorable } from '@/lib/callback/strip-unstorable'

/** The application that receives a robot's events, and the events it subscribes to. */
export type Subscriber = {
  applicationId: string
  eventTypes: CallbackEventType[]
  roomScope: RoomScope
  robot: typeof robots.$inferSelect
}

type About = { roomId?: string | null; messageId?: string }

/** An event of a robot. `recordEvent` adds `robot_id` to its data. */
export type RobotEvent<Type extends SubscribableEventType = SubscribableEventType> = {
  [Each in Type]: About & { type: Each; robotId: string; data: Omit<EventData<Each>, 'robot_id'> }
}[Type]

/**
 * Records an event of a robot if its application subscribes to that type. Call it in the transaction of the cause: the
 * delivery starts after the commit, and a rollback drops both. Spec: A12 (callbacks), A13 (events).
 */
export async function recordEvent(tx: Tx, event: RobotEvent): Promise<void> {
  const subscriber = await findSubscriber(tx, { robotId: event.robotId, types: [event.type] })
  if (subscriber) await recordSubscribedEvent(tx, subscriber, event)
}

/** Records an event for a subscriber that `findSubscriber` returned for its robot and type; returns its id. */
export async function recordSubscribedEvent(
  tx: Tx,
  { applicationId }: Subscriber,
  { data, ...event }: RobotEvent,
): Promise<string> {
  const lane = applicationLane(applicationId)
  return insertEvent(tx, { ...event, applicationId, lane, data: { robot_id: event.robotId, ...data } })
}

/**
 * Inserts an event into a lane and wakes the lane after the commit. The only insert into `callback_events`: events that need
 * no subscription (a login's, a test, an alert) call it directly. Returns the event's id.
 */
export async function insertEvent(
  tx: Tx,
  event: About & {
    type: CallbackEventType
    applicationId: string
    lane: string
    robotId?: string
    /** The login's own URL with its parameters; without it the event goes to the application's callback URL. */
    loginUrl?: string
    data: Record<string, string | null>
  },
): Promise<string> {
  const id = newId('callbackEvent')
  const data = Object.entries(event.data).map(([name, value]) => [name, value && stripUnstorable(value)])
  await tx.insert(callbackEvents).values({ ...event, id, data: Object.fromEntries(data) })
  wakeLaneAfterCommit(tx, event.lane)
  return id
}

/** Returns a robot's application if it has a callback URL and subscribes to one of `types`; null otherwise. */
export async function findSubscriber(
  tx: Tx,
  { robotId, types }: { robotId: string; types: readonly CallbackEventType[] },
): Promise<Subscriber | null> {
  const { id: applicationId, eventTypes, roomScope } = applications
  const [subscriber] = await tx
    .select({ applicationId, eventTypes, roomScope, robot: robots })
    .from(robots)
    .innerJoin(applications, eq(applicationId, robots.applicationId))
    .where(and(eq(robots.id, robotId), isNull(applications.disabledAt), isNotNull(applications.callbackUrl)))
  return subscriber && types.some((type) => subscriber.eventTypes.includes(type)) ? subscriber : null
}
