import type { Conversation } from '@/lib/conversation/find-conversation'
import { requestHandover } from '@/lib/conversation/request-handover'
import type { Tx } from '@/lib/db/client'
import type { DecisionSource, HandoverReason, ReplyReason } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'
import { announceChange } from '@/lib/queue/reply'
import { type Decision, type DecisionEnd, endDecision } from '@/lib/reply/open-decisions'
import type { ReplySettings } from '@/lib/reply/reply-settings'
import { lockRobot } from '@/lib/robot/send-pace'
import { countFired } from '@/lib/rule/change-rules'

/** Time within which a reply must be sent; after that it is cancelled. */
const replyTimeoutMs = 5 * 60_000

/** A decision with what it is about. */
export type Found = {
  decision: Decision & { ageSeconds: number; isTooOld: boolean }
  applicationId: string
  /** null: the application does not reply automatically, or the robot is deleted. */
  settings: ReplySettings | null
  /** null: a room without messages. */
  conversation: Conversation | null
  /** null: a person joined, or sent something other than text. */
  text: string | null
  /** Whether a room's message mentions the robot. */
  isMentioned: boolean
}

type Reply = Pick<MessageInput, 'type' | 'content' | 'upload'> & {
  source: 'rule' | 'callback' | 'model'
  reason: ReplyReason
}

/** Enqueues a reply in the robot's mailbox and ends the decision; silent if it cannot be sent now. */
export async function sendReply(
  tx: Tx,
  found: Found,
  reply: Reply,
  { ruleId = null }: { ruleId?: string | null } = {},
): Promise<'done'> {
  const isAccepted = await accept(tx, found, reply)
  if (!isAccepted) return endWith(tx, found, { outcome: 'silent', silence: 'not_sendable' })
  if (ruleId !== null) await countFired(tx, { ruleId })
  return endWith(tx, found, { outcome: 'replied', source: reply.source, ruleId })
}

/** Requests a person, sends the text that says so, and ends the decision. In a room without a conversation it stays silent. */
export async function handOver(
  tx: Tx,
  found: Found,
  handover: HandoverReason & { source: DecisionSource },
  { ruleId = null, message = '', failure = '' }: { ruleId?: string | null; message?: string; failure?: string } = {},
): Promise<'done'> {
  const { conversation, settings } = found
  if (!conversation) return endWith(tx, found, { outcome: 'silent', silence: 'no_match', failure })
  // As a send does, which locks its conversation later: the other order could deadlock with it.
  await lockRobot(tx, { robotId: found.decision.robotId })
  await requestHandover(tx, conversation, handover)
  if (ruleId !== null) await countFired(tx, { ruleId })
  const content = message.trim() || (settings?.handoverText.trim() ?? '')
  const source = handover.source === 'callback' || handover.source === 'model' ? handover.source : 'rule'
  const reason = ruleId === null ? {} : { ruleId, ruleName: handover.text ?? '' }
  if (content !== '') await accept(tx, found, { type: 'text', content, source, reason })
  return endWith(tx, found, { outcome: 'handed_over', source: handover.source, ruleId, failure })
}

/** Ends a decision; open pages learn why nothing replied, since no message of ours follows. */
export async function endWith(tx: Tx, { decision }: Found, end: DecisionEnd): Promise<'done'> {
  await endDecision(tx, { decisionId: decision.id, ...end })
  if (end.outcome === 'silent' && decision.messageId !== null) await announceChange(tx, decision.messageId)
  return 'done'
}

/** Returns whether the message was accepted; false: the robot is offline, the reply window is closed, or the queue is full. */
async function accept(tx: Tx, { decision }: Found, { source, reason, ...content }: Reply): Promise<boolean> {
  const { id, robotId, roomId, peerUsername, messageId } = decision
  const cause = messageId === null ? reason : { ...reason, messageId }
  try {
    await acceptMessage(tx, {
      robotId,
      toUser: roomId ?? peerUsername ?? '',
      ...content,
      timeoutMs: replyTimeoutMs,
      idempotencyKey: `reply:${id}`,
      reply: { source, reason: cause },
    })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return false
    throw error
  }
}
