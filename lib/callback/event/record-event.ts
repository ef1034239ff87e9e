import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import { inChunks } from '@/lib/db/in-chunks'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { robots } from '@/lib/db/schema/robot'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { endpointLane } from '@/lib/callback/delivery/lane'
import type { EventData, SubscribableEventType } from '@/lib/callback/event/catalog'
import { stripUnstorable } from '@/lib/callback/strip-unstorable'
import { currentTraceParent } from '@/lib/tracing/with-span'

/** What one endpoint subscribes to. Spec: A14 (several endpoints). */
export type Subscription = {
  /** null: the default endpoint. */
  endpointId: string | null
  eventTypes: CallbackEventType[]
  /** Which rooms' messages it receives, if `roomIds` is null. */
  roomScope: RoomScope
  /** Robots whose events it receives; null: all. */
  robotIds: string[] | null
  /** Rooms whose events it receives, and no other events; null: not limited. */
  roomIds: string[] | null
}

/** The application that receives a robot's events, with its subscriptions to the requested types. */
export type Subscriber = {
  applicationId: string
  subscriptions: Subscription[]
  robot: typeof robots.$inferSelect
}

type About = { roomId?: string | null; messageId?: string }

/** An event of a robot. `recordEvent` adds `robot_id` to its data. */
export type RobotEvent<Type extends SubscribableEventType = SubscribableEventType> = {
  [Each in Type]: About & { type: Each; robotId: string; data: Omit<EventData<Each>, 'robot_id'> }
}[Type]

/**
 * Records an event of a robot for each endpoint of its application that subscribes to that type. Call it in the transaction of the change that
 * causes the event: delivery starts after the commit, and a rollback drops both. Spec: A12 (callbacks), A13 (events).
 */
export async function recordEvent(tx: Tx, event: RobotEvent): Promise<void> {
  const subscriber = await findSubscriber(tx, { robotId: event.robotId, types: [event.type] })
  if (subscriber) await recordSubscribedEvent(tx, subscriber, event)
}

/** Records an event like `recordSubscribedEvents`. */
export async function recordSubscribedEvent(tx: Tx, subscriber: Subscriber, event: RobotEvent): Promise<void> {
  await recordSubscribedEvents(tx, subscriber, [{ event, subscriptions: subscriber.subscriptions }])
}

/**
 * Records events in this order, each for those of its subscriptions that have its type and room; `subscriber` is what `findSubscriber`
 * returned for their robot. Returns the id of the default endpoint's event of each, whose response may contain a reply; null: the default
 * endpoint receives none.
 */
export async function recordSubscribedEvents(
  tx: Tx,
  { applicationId }: Subscriber,
  events: readonly { event: RobotEvent; subscriptions: readonly Subscription[] }[],
): Promise<(string | null)[]> {
  const toInsert = events.flatMap(({ event: { data, ...event }, subscriptions }, index) => {
    const { type, roomId, robotId } = event
    return subscriptions
      .filter(
        ({ eventTypes, roomIds }) =>
          eventTypes.includes(type) && (!roomIds || (roomId ? roomIds.includes(roomId) : false)),
      )
      .map(({ endpointId }) => {
        const endpoint = { applicationId, endpointId }
        const row = { ...event, ...endpoint, lane: endpointLane(endpoint), data: { robot_id: robotId, ...data } }
        return { index, row }
      })
  })
  if (toInsert.length === 0) return events.map(() => null)
  const ids = await insertEvents(
    tx,
    toInsert.map(({ row }) => row),
  )
  const defaultIds = new Map(
    toInsert.flatMap(({ index, row }, position) => (row.endpointId === null ? [[index, ids[position] ?? null]] : [])),
  )
  return events.map((_, index) => defaultIds.get(index) ?? null)
}

type NewEvent = About & {
  type: CallbackEventType
  applicationId: string
  /** null or absent: the default endpoint, or the login's own URL. */
  endpointId?: string | null
  lane: string
  robotId?: string
  /** The login's own URL with its parameters; without it the event goes to the endpoint. */
  loginUrl?: string
  data: Record<string, string | null>
}

/** Inserts one event like `insertEvents`; returns its id. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<string> {
  const [id = ''] = await insertEvents(tx, [event])
  return id
}

/**
 * `login_url` of an event of an additional endpoint. A worker of a release without them refuses this URL and leaves the event to
 * another worker; otherwise it would send it to the default endpoint.
 */
const endpointMark = 'wxbot:endpoint'

/**
 * Inserts events into their lanes, in their order, and wakes the lanes after the commit. The only insert into `callback_events`:
 * events that need no subscription (a login's, a test, an alert) call it directly. Returns the ids in the same order.
 */
async function insertEvents(tx: Tx, events: NewEvent[]): Promise<string[]> {
  const rows = events.map(({ data, endpointId = null, ...event }) => ({
    ...event,
    endpointId,
    ...(endpointId && { loginUrl: endpointMark }),
    id: newId('callbackEvent'),
    traceParent: currentTraceParent(),
    data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value && stripUnstorable(value)])),
  }))
  for (const chunk of inChunks(rows)) await tx.insert(callbackEvents).values(chunk)
  for (const { lane } of rows) wakeLaneAfterCommit(tx, lane)
  return rows.map(({ id }) => id)
}

/** Returns a robot's application with the subscriptions of its endpoints to any of `types`; null: there are none. */
export async function findSubscriber(
  tx: Tx,
  { robotId, types }: { robotId: string; types: readonly CallbackEventType[] },
): Promise<Subscriber | null> {
  const { id: applicationId, callbackUrl, eventTypes, roomScope } = applications
  const [found] = await tx
    .select({ applicationId, callbackUrl, eventTypes, roomScope, robot: robots, additional: subscriptionsOf() })
    .from(robots)
    .innerJoin(applications, eq(applicationId, robots.applicationId))
    .where(and(eq(robots.id, robotId), isNull(applications.disabledAt)))
  if (!found) return null
  const isDefaultSubscribed = found.callbackUrl !== null
  const { eventTypes: defaultTypes, roomScope: defaultScope } = found
  const toDefault = {
    endpointId: null,
    eventTypes: defaultTypes,
    roomScope: defaultScope,
    robotIds: null,
    roomIds: null,
  }
  const subscriptions = [...(isDefaultSubscribed ? [toDefault] : []), ...found.additional].filter(
    (subscription) =>
      types.some((type) => subscription.eventTypes.includes(type)) &&
      (!subscription.robotIds || subscription.robotIds.includes(robotId)),
  )
  return subscriptions.length > 0 ? { applicationId: found.applicationId, subscriptions, robot: found.robot } : null
}

/** SQL: the subscriptions of the additional endpoints of the application in the outer query. In the same statement, because each event reads them. */
function subscriptionsOf() {
  return sql<Subscription[]>`(
    select coalesce(json_agg(json_build_object('endpointId', endpoint.id, 'eventTypes', endpoint.event_types, 'roomScope', endpoint.room_scope,
        'robotIds', endpoint.robot_ids, 'roomIds', endpoint.room_ids) order by endpoint.created_at, endpoint.id), '[]'::json)
      from ${applicationEndpoints} as endpoint where endpoint.application_id = ${applications.id})`
}
