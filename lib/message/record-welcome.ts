import { touchConversation } from '@/lib/conversation/touch-conversation'
import type { Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import type { Failure } from '@/lib/errors'
import { type MessageResult, settleIfSending } from '@/lib/message/settle-message'
import type { Sentence } from '@/lib/sentence'

/**
 * Records a welcome text that is about to be sent, with the entry that caused it: it never waits in the mailbox, and an owner that dies
 * leaves it `unknown`, in the conversation and not sent again. Spec: E6 (WeCom customer service), G1 (send at most once).
 */
export async function recordWelcome(
  tx: Tx,
  {
    robotId,
    messageId,
    peerUsername,
    text,
  }: { robotId: string; messageId: string; peerUsername: string; text: string },
): Promise<void> {
  await tx.insert(messages).values({
    id: messageId,
    robotId,
    direction: 'out',
    state: 'sending',
    type: 'text',
    content: text,
    peerUsername,
    replySource: 'welcome',
  })
  touchConversation(tx, { messageId, robotId, roomId: null, peerUsername, direction: 'out' })
}

type Outcome =
  | { outcome: 'accepted'; wechatId: string | null }
  | ({ outcome: 'refused' | 'unsent' } & Failure)
  | { outcome: 'unknown'; sentence: Sentence }

/** Records what became of a welcome text, which is not sent again; returns whether it is now `sent`: a later failure may be known already. */
export async function settleWelcome(
  tx: Tx,
  { messageId, outcome: end }: { messageId: string; outcome: Outcome },
): Promise<boolean> {
  const isSettled = await settleIfSending(tx, messageId, resultOf(end))
  return isSettled && end.outcome === 'accepted'
}

function resultOf(end: Outcome): MessageResult {
  switch (end.outcome) {
    case 'accepted':
      return { state: 'sent', wechatId: end.wechatId }
    case 'unknown':
      return { state: 'unknown', code: 'OUTCOME_UNKNOWN', sentence: end.sentence }
    default:
      return { state: 'refused', code: end.code, sentence: end.sentence }
  }
}
