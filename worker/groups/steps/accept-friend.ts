import { getMembership } from '@/lib/membership/get-membership'
import { recordAccepted, recordStepFailure } from '@/lib/membership/advance-membership'
import type { Assistant } from '@/worker/groups/assistant'
import { done, toStepFailure, type StepEnd } from '@/worker/groups/step-end'
import { isTooOften, updateCooldown } from '@/worker/wechat/update-cooldown'

/** Accepts a friend request that carried a token or a code. A requester accepted on the phone in the meantime counts as accepted. */
export async function acceptFriend(assistant: Assistant, membershipId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const row = await getMembership(context.db, { membershipId })
  const username = row?.contact.username
  const ticket = row?.membership.friendTicket
  if (!username || !ticket) return done
  const outcome = await connection.perform({ type: 'accept_friend', username, ticket })
  const isContact = () => connection.contacts()?.some((contact) => contact.username === username) ?? false
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId: lease.robotId, operation: 'accept_friend', outcome })
    if (outcome.outcome === 'done' || isContact()) return recordAccepted(tx, { membershipId })
    const weight = outcome.outcome === 'refused' && !isTooOften(outcome) ? 'counted' : 'later'
    await recordStepFailure(tx, { membershipId, failure: outcome.sentence, weight })
  })
  return outcome.outcome === 'done' ? done : toStepFailure(outcome)
}
