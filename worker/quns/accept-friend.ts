import { getMembership } from '@/lib/membership/get-membership'
import { recordAccepted, recordStepFailure } from '@/lib/membership/record-progress'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import { done, failureOf, heedLimit, isTooOften, type StepEnd } from './step-end'

/** Accepts the friend request of somebody who showed a token or a code. Who is a contact by now, accepted on the phone, counts as accepted. */
export async function acceptFriend(life: RobotLife, session: OpenSession, membershipId: string): Promise<StepEnd> {
  const { tenure, context } = life
  const found = await getMembership(context.db, { membershipId })
  const username = found?.contact.username
  const ticket = found?.membership.friendTicket
  if (!username || !ticket) return done
  const outcome = await session.connection.perform({ type: 'accept_friend', username, ticket })
  const isContact = () => session.connection.contacts()?.some((contact) => contact.username === username) ?? false
  await tenure.write(async (tx) => {
    await heedLimit(tx, { robotId: tenure.robotId, operation: 'accept_friend', outcome })
    if (outcome.outcome === 'done' || isContact()) return recordAccepted(tx, { membershipId })
    const weight = outcome.outcome === 'refused' && !isTooOften(outcome) ? 'counted' : 'later'
    await recordStepFailure(tx, { membershipId, failure: outcome.message, weight })
  })
  return outcome.outcome === 'done' ? done : failureOf(outcome)
}
