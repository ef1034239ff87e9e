import { eq } from 'drizzle-orm'
import { callbackReplySeconds } from '@/lib/callback/delivery/callback-reply'
import { findConversationOf, isAutomaticReplyAllowed } from '@/lib/conversation/find-conversation'
import type { Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import type { SilenceReason } from '@/lib/db/types'
import { imageUpload } from '@/lib/media/read-upload'
import { type Decision, deferDecision, lockDecision } from '@/lib/reply/open-decisions'
import { findCooldown, isFirstContact, isFromRobot, listCoolingDownRules } from '@/lib/reply/reply-limits'
import { findReplySettings, type ReplySettings } from '@/lib/reply/reply-settings'
import { listRules } from '@/lib/rule/change-rules'
import { matchRules, normalize } from '@/lib/rule/match-rules'
import { findRuleImage } from '@/lib/rule/rule-image'
import { endWith, type Found, handOver, sendReply } from '@/worker/replies/end-decision'

/** Maximum age of an event that gets a reply: 15 minutes. */
export const maxAgeSeconds = 15 * 60
/** Maximum wait for a reply of the callback if a model or a person replies otherwise; after the usual two minutes their reply would be too late. */
const callbackSecondsBeforeNext = 15

/**
 * Decides about one event in the owner's transaction: replies, hands over or stays silent, in the order rules, callback, model, handover;
 * the first that has a reply wins. `callback`: it waits for the callback's response; `model`: `answerWithModel` has to call the model next. The reply is
 * stored with the end of the decision, so it is sent at most once. Spec: F2 (who replies), F3 (when nothing replies).
 */
export async function decideReply(
  tx: Tx,
  { decisionId, publicUrl }: { decisionId: string; publicUrl: string },
): Promise<'done' | 'callback' | 'model'> {
  const decision = await lockDecision(tx, { decisionId, maxAgeSeconds })
  if (!decision) return 'done'
  const found = await loadDecision(tx, decision)
  const silence = await findSilence(tx, found)
  if (silence) return endWith(tx, found, { outcome: 'silent', silence })
  return (
    (await applyRules(tx, found, { publicUrl })) ?? (await applyCallback(tx, found)) ?? continueAfterCallback(tx, found)
  )
}

/** Reads what a decision is about: its message, settings, conversation and robot. */
export async function loadDecision(
  tx: Tx,
  decision: Decision & { ageSeconds: number; isTooOld: boolean },
): Promise<Found> {
  const { robotId, roomId, peerUsername, personName, messageId } = decision
  const [robot] = await tx
    .select({ applicationId: robots.applicationId, nickname: robots.nickname, deletedAt: robots.deletedAt })
    .from(robots)
    .where(eq(robots.id, robotId))
  const [message] = messageId
    ? await tx
        .select({ type: messages.type, content: messages.content })
        .from(messages)
        .where(eq(messages.id, messageId))
    : []
  const applicationId = robot?.applicationId ?? ''
  const settings = robot?.deletedAt === null ? await findReplySettings(tx, { applicationId }) : null
  const about = { messageId: messageId ?? '', robotId, roomId, peerUsername, senderName: personName }
  const conversation = await findConversationOf(tx, about)
  const text = message?.type === 'text' ? message.content : null
  const isMentioned = robot !== undefined && robot.nickname !== '' && (text?.includes(`@${robot.nickname}`) ?? false)
  return { decision, applicationId, settings, conversation, text, isMentioned }
}

/**
 * Returns why there is no automatic reply to an event, from any source; null: there may be one.
 * Spec: F1 (conversation), F3 (when nothing replies).
 */
export async function findSilence(
  tx: Tx,
  { decision, settings, conversation, text }: Found,
): Promise<SilenceReason | null> {
  if (!settings || !isOn(settings)) return 'off'
  if (decision.isTooOld) return 'too_late'
  if (conversation && !isAutomaticReplyAllowed(conversation)) return 'with_person'
  if (await isFromRobot(tx, { ...decision, text })) return 'from_robot'
  return null
}

function isOn({ usesRules, usesCallback, usesModel, usesHandover }: ReplySettings): boolean {
  return usesRules || usesCallback || usesModel || usesHandover
}

async function applyRules(tx: Tx, found: Found, link: { publicUrl: string }): Promise<'done' | null> {
  const { decision, settings, applicationId, text, isMentioned } = found
  if (!settings || decision.state !== 'due') return null
  const isDirect = decision.roomId === null || isMentioned
  if (settings.usesHandover && isDirect && text !== null && isKeyword(settings.handoverKeywords, text))
    return handOver(tx, found, { source: 'keyword', text })
  const cooldown = await findCooldown(tx, decision, settings)
  if (cooldown) return endWith(tx, found, { outcome: 'silent', silence: cooldown })
  if (!settings.usesRules) return null
  const rules = (await listRules(tx, { applicationId })).filter(({ isEnabled }) => isEnabled)
  if (rules.length === 0) return null
  const event = {
    type: decision.messageId === null ? ('joined' as const) : ('message' as const),
    robotId: decision.robotId,
    qunId: await findQun(tx, decision.roomId),
    text,
    isFirstContact: await isFirstContact(tx, decision),
    personName: decision.personName,
    nowMs: Date.now(),
  }
  const match = matchRules(rules, event, await listCoolingDownRules(tx, decision))
  if (!match) return null
  const { ruleId, ruleName } = match
  if (match.answer === 'handover')
    return handOver(tx, found, { source: 'rule', text: ruleName }, { ruleId, message: match.content })
  const reason = { ruleId, ruleName }
  const image = match.hasImage ? await findRuleImage(tx, { ruleId }) : null
  const content = image ? imageUpload(image, link) : { type: match.answer, content: match.content }
  return sendReply(tx, found, { ...content, source: 'rule', reason }, { ruleId })
}

/** A keyword counts alone or with a mention of the robot, for example `@小微 人工`. */
function isKeyword(keywords: string[], text: string): boolean {
  const spoken = normalize(text.replace(/@\S+[\s\u2005]*/g, ''))
  return keywords.some((keyword) => normalize(keyword) === spoken)
}

async function findQun(tx: Tx, roomId: string | null): Promise<string | null> {
  if (roomId === null) return null
  const [qun] = await tx.select({ id: quns.id }).from(quns).where(eq(quns.roomId, roomId)).limit(1)
  return qun?.id ?? null
}

async function applyCallback(tx: Tx, found: Found): Promise<'done' | 'callback' | null> {
  const { decision, settings } = found
  const { id: decisionId, callbackEventId, callbackReply, ageSeconds } = decision
  if (!settings?.usesCallback || callbackEventId === null) return null
  if (callbackReply?.type === 'handover') return handOver(tx, found, { source: 'callback' })
  if (callbackReply?.type === 'reply') {
    const { messageType: type, content } = callbackReply
    return sendReply(tx, found, { type, content, source: 'callback', reason: { eventId: callbackEventId } })
  }
  if (callbackReply) return null
  const waitSeconds = canModelAnswer(found) || handsOver(found) ? callbackSecondsBeforeNext : callbackReplySeconds
  if (ageSeconds >= waitSeconds) return null
  await deferDecision(tx, { decisionId, state: 'callback', inSeconds: waitSeconds - ageSeconds })
  return 'callback'
}

async function continueAfterCallback(tx: Tx, found: Found): Promise<'done' | 'model'> {
  if (!canModelAnswer(found)) return concludeUnanswered(tx, found)
  await deferDecision(tx, { decisionId: found.decision.id, state: 'model', inSeconds: 0 })
  return 'model'
}

/** Ends a decision that no rule, callback or model answered: a private message is handed over, if the application does that. */
export async function concludeUnanswered(tx: Tx, found: Found, failure = ''): Promise<'done'> {
  if (handsOver(found)) return handOver(tx, found, { source: 'no_reply' }, { failure })
  return endWith(tx, found, { outcome: 'silent', silence: 'no_match', failure })
}

function handsOver({ decision, settings }: Found): boolean {
  return Boolean(
    settings?.usesHandover && settings.handsOverUnanswered && decision.messageId && decision.roomId === null,
  )
}

function canModelAnswer({ decision, settings, text, isMentioned }: Found): boolean {
  if (!settings?.usesModel || !settings.modelUrl || !settings.modelName || !text?.trim()) return false
  if (decision.roomId === null) return true
  return settings.modelRoomMode === 'always' || (settings.modelRoomMode === 'mentioned' && isMentioned)
}
