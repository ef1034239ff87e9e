import { recordEvent } from '@/lib/callback/event/record-event'
import type { Tx } from '@/lib/db/client'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { encodeQunNumber } from '@/lib/qun/qun-link'

type QunEvent = { qunId: string } & (
  | { type: 'qun_created' | 'qun_owner_arrived' | 'qun_full' }
  | { type: 'qun_member_joined'; member: string }
  | { type: 'qun_failed'; reason: string }
)

/** Records an event of a qun, if the application subscribes to it. Call it in the transaction of the cause. */
export async function recordQunEvent(tx: Tx, { publicUrl }: { publicUrl: string }, event: QunEvent): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId: event.qunId })
  const { robotId } = qun
  const data = {
    code: Buffer.from(qun.groupCode).toString('base64'),
    url: `${publicUrl}/weiqun/${encodeQunNumber(qun.number)}`,
    owner: qun.ownerName,
    assistant: qun.assistantUsername,
  }
  switch (event.type) {
    case 'qun_member_joined':
      return recordEvent(tx, { type: event.type, robotId, data: { ...data, member: event.member } })
    case 'qun_failed':
      return recordEvent(tx, { type: event.type, robotId, data: { ...data, reason: event.reason } })
    default:
      return recordEvent(tx, { type: event.type, robotId, data })
  }
}
