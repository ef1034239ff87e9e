import { tellRobotEvent } from '@/lib/callback/tell-robot-event'
import type { Tx } from '@/lib/db/client'
import type { QunEventType } from '@/lib/db/types'
import { wakeLane } from '@/lib/queue/wake'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { encodeQunNumber } from '@/lib/qun/qun-number'
import type { WorkerContext } from '../sessions/context'

type Told = { qunId: string; type: QunEventType; member?: string; reason?: string }

/** Writes an event of a qun as the application is told it, in the transaction of its cause. Answers the lane to wake after the commit. */
export async function writeQunEvent(
  tx: Tx,
  publicUrl: string,
  { qunId, type, ...about }: Told,
): Promise<string | null> {
  const qun = await getQunOrThrow(tx, { qunId })
  const data = {
    code: Buffer.from(qun.code).toString('base64'),
    url: `${publicUrl}/weiqun/${encodeQunNumber(qun.number)}`,
    owner: qun.ownerName,
    assistant: qun.assistantUsername,
    ...about,
  }
  return tellRobotEvent(tx, { robotId: qun.robotId, type, data })
}

/** The same, and wakes the lane; a moment too early does no harm, since the reconciler looks every few seconds. */
export async function tellQun(tx: Tx, { context }: { context: WorkerContext }, told: Told): Promise<void> {
  const lane = await writeQunEvent(tx, context.publicUrl, told)
  if (lane) setImmediate(() => void wakeLane(context, lane))
}
