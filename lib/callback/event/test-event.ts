import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { testLane } from '@/lib/callback/delivery/lane'
import { insertEvent } from '@/lib/callback/event/record-event'

/**
 * Records a test event (`action: "test"`), with which an operator checks whether the endpoint responds. It is attempted
 * once, at once, also while the endpoint is paused or failing.
 * @throws NOT_FOUND; ILLEGAL_ACTION if the application has no callback URL
 */
export async function recordTestEvent(
  tx: Tx,
  { applicationId }: { applicationId: string },
): Promise<{ eventId: string }> {
  const application = await getApplicationOrThrow(tx, { applicationId })
  if (!application.callbackUrl) throw new AppError('ILLEGAL_ACTION', { reason: 'application_no_url' })
  const data = { content: '这是一条测试通知', robot_id: '', room_id: '', nickname: '' }
  return { eventId: await insertEvent(tx, { type: 'test', applicationId, lane: testLane(applicationId), data }) }
}
