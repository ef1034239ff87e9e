import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { type EndpointRef, healthIdOf, testLane } from '@/lib/callback/delivery/lane'
import { requireEndpoint } from '@/lib/callback/endpoint/find-endpoint'
import { insertEvent } from '@/lib/callback/event/record-event'

/**
 * Records a test event (`action: "test"`), with which an operator checks whether an endpoint responds. It is attempted
 * once, at once, also while the endpoint is paused or failing.
 * @throws NOT_FOUND; ILLEGAL_ACTION if the application has no callback URL
 */
export async function recordTestEvent(tx: Tx, endpoint: EndpointRef): Promise<{ eventId: string }> {
  await requireEndpoint(tx, endpoint)
  if (endpoint.endpointId === null && !(await getApplicationOrThrow(tx, endpoint)).callbackUrl)
    throw new AppError('ILLEGAL_ACTION', { reason: 'application_no_url' })
  const data = { content: '这是一条测试通知', robot_id: '', room_id: '', nickname: '' }
  return { eventId: await insertEvent(tx, { type: 'test', ...endpoint, lane: testLane(healthIdOf(endpoint)), data }) }
}
