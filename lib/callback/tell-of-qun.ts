import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { applications } from '../db/schema/application'
import { callbackEvents } from '../db/schema/callback'
import { robots } from '../db/schema/robot'
import type { QunEventType } from '../db/types'
import { newId } from '../id'
import { applicationLane } from './lane'
import { storableText } from './storable-text'

/**
 * Writes what happened to a qun for the application that owns its assistant, if it wants to hear of that. Call it in the transaction of
 * its cause; after the commit wake the lane it returns. null = nobody is told. Spec: A13.
 */
export async function tellOfQun(
  tx: Tx,
  event: { robotId: string; type: QunEventType; data: Record<string, string | number> },
): Promise<string | null> {
  const { robotId, type } = event
  const [application] = await tx
    .select({ id: applications.id, callbackUrl: applications.callbackUrl, eventTypes: applications.eventTypes })
    .from(robots)
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .where(and(eq(robots.id, robotId), isNull(applications.disabledAt)))
  if (!application?.callbackUrl || !application.eventTypes.includes(type)) return null
  const lane = applicationLane(application.id)
  const data = Object.entries(event.data).map(([name, value]) => [
    name,
    typeof value === 'string' ? storableText(value) : value,
  ])
  await tx.insert(callbackEvents).values({
    id: newId('callbackEvent'),
    applicationId: application.id,
    lane,
    type,
    robotId,
    data: { robot_id: robotId, ...(Object.fromEntries(data) as Record<string, unknown>) },
  })
  return lane
}
