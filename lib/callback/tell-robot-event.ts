import type { Tx } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import type { QunEventType } from '../db/types'
import { newId } from '../id'
import { findListener } from './find-listener'
import { applicationLane } from './lane'
import { storableText } from './storable-text'

/**
 * Writes what happened to a qun, or that somebody wants to be a friend, if the robot's application chose to hear of it. Call it in the
 * transaction of its cause; after the commit wake the lane it returns. null = nobody is told. Spec: A13.
 */
export async function tellRobotEvent(
  tx: Tx,
  event: { robotId: string; type: QunEventType | 'friend_request'; data: Record<string, string> },
): Promise<string | null> {
  const { robotId, type } = event
  const listener = await findListener(tx, { robotId, types: [type] })
  if (!listener) return null
  const { applicationId } = listener
  const lane = applicationLane(applicationId)
  const data = Object.fromEntries(Object.entries(event.data).map(([name, value]) => [name, storableText(value)]))
  const id = newId('callbackEvent')
  await tx
    .insert(callbackEvents)
    .values({ id, applicationId, lane, type, robotId, data: { robot_id: robotId, ...data } })
  return lane
}
