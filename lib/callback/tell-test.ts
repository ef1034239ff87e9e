import type { Tx } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { AppError } from '../errors'
import { newId } from '../id'
import { getApplicationOrThrow } from '../application/get-application'
import { testLane } from './lane'

/**
 * Writes a callback that tells nothing (`action: "test"`), for an operator who wants to see whether the endpoint answers:
 * tried once, at once, whatever the endpoint's record. After the commit wake the lane it returns.
 * @throws NOT_FOUND, ILLEGAL_ACTION without an address
 */
export async function tellTest(
  tx: Tx,
  { applicationId }: { applicationId: string },
): Promise<{ eventId: string; lane: string }> {
  const application = await getApplicationOrThrow(tx, { applicationId })
  if (!application.callbackUrl) throw new AppError('ILLEGAL_ACTION', '应用没有回调地址')
  const eventId = newId('callbackEvent')
  const lane = testLane(applicationId)
  const data = { content: '这是一条测试通知', robot_id: '', room_id: '', nickname: '' }
  await tx.insert(callbackEvents).values({ id: eventId, applicationId, lane, type: 'test', data })
  return { eventId, lane }
}
