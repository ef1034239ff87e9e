import type { Send } from '@/lib/message/claim-next-message'
import { recordSpan, withSpan } from '@/lib/tracing/with-span'
import type { SendOutcome } from '@/worker/wechat/port'

/** Records how long a message waited for its turn, then runs its send as a span of the trace in its row. */
export async function traceSend(send: Send, run: () => Promise<SendOutcome>): Promise<void> {
  const attributes = {
    'wxbot.robot_id': send.robotId,
    'wxbot.message_id': send.messageId,
    'wxbot.connection': send.connection,
    'wxbot.message_type': send.type,
  }
  const parent = send.traceParent
  await withSpan('message send', { kind: 'client', parent, attributes }, async (span) => {
    recordSpan('message queue', {
      kind: 'internal',
      startedAtMs: send.acceptedAtMs,
      attributes,
      ...(parent ? { parent } : {}),
    })
    const outcome = await run()
    span.set({ 'wxbot.outcome': outcome.outcome })
    if (outcome.outcome !== 'accepted') span.fail('code' in outcome ? outcome.code : 'OUTCOME_UNKNOWN')
  })
}
