import { sentenceOf } from '@/lib/sentence'
import { failWith } from '@/lib/errors'
import { getMembership } from '@/lib/membership/get-membership'
import { recordInvited, recordStepFailure } from '@/lib/membership/advance-membership'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordCount } from '@/lib/qun/advance-qun'
import type { Assistant } from '@/worker/groups/assistant'
import type { OperationOutcome } from '@/worker/wechat/port'
import { confirmMembers } from '@/worker/groups/steps/count-members'
import { done, toStepFailure, refuseDuringCooldown, type StepEnd } from '@/worker/groups/step-end'
import { recordQunEvent } from '@/worker/groups/record-qun-event'
import { isTooOften, updateCooldown } from '@/worker/wechat/update-cooldown'

/**
 * Adds a contact to a qun's room: directly, or by an invitation card above WeChat's limit. Idempotent for a current member. The membership
 * becomes `joined` only once WeChat lists the member. Spec: 请求入群, B6 (POST /wxbot/qun/membership), B8 (limits of WeChat).
 */
export async function addMember(assistant: Assistant, membershipId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const row = await getMembership(context.db, { membershipId })
  const username = row?.contact.username
  if (!row || !username) return done
  const qun = await getQunOrThrow(context.db, { qunId: row.membership.qunId })
  const room = qun.roomUsername
  if (!room) return failWith('ASSISTANT_NOT_READY', 'room_not_listed')

  const before = await confirmMembers(assistant, { qunId: qun.id, room })
  if ('code' in before) return before
  if (before.usernames.includes(username)) return done
  const { directLimit, memberLimit } = context
  if (before.usernames.length >= memberLimit) {
    await lease.write(async (tx) => {
      if (await recordCount(tx, { qunId: qun.id, isFull: true }))
        await recordQunEvent(tx, context, { qunId: qun.id, type: 'qun_full' })
    })
    return failWith('QUN_NOT_OPEN', 'qun_full')
  }
  const refusal = await refuseDuringCooldown(context.db, { robotId: lease.robotId, operation: 'add_member' })
  if (refusal) return refusal
  const type = before.usernames.length >= directLimit ? 'invite_member' : 'add_member'
  const outcome = await connection.perform({ type, room, username })
  if (outcome.outcome !== 'done') return fail(assistant, membershipId, outcome)
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId: lease.robotId, operation: 'add_member', outcome })
    if (type === 'invite_member') await recordInvited(tx, { membershipId })
  })
  if (type === 'invite_member') return { result: { isInvited: true } }
  return confirm(assistant, { qunId: qun.id, room, membershipId, username })
}

async function confirm(
  assistant: Assistant,
  added: { qunId: string; room: string; membershipId: string; username: string },
): Promise<StepEnd> {
  const after = await confirmMembers(assistant, added)
  if (!('code' in after) && after.usernames.includes(added.username)) return done
  const failure = sentenceOf('member_not_seen')
  await assistant.lease.write((tx) => recordStepFailure(tx, { ...added, failure, weight: 'later' }))
  return 'code' in after ? after : done
}

async function fail(
  { lease }: Assistant,
  membershipId: string,
  outcome: Exclude<OperationOutcome, { outcome: 'done' }>,
): Promise<StepEnd> {
  const weight = outcome.outcome === 'refused' && !isTooOften(outcome) ? 'counted' : 'later'
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId: lease.robotId, operation: 'add_member', outcome })
    await recordStepFailure(tx, { membershipId, failure: outcome.sentence, weight })
  })
  return toStepFailure(outcome)
}
