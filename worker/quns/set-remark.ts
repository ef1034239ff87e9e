import { remarkOf, readRemark } from '@/lib/membership/contact-tag'
import { getContact } from '@/lib/membership/get-membership'
import { recordRemark } from '@/lib/membership/record-progress'
import { startCooldown } from '@/lib/robot/cooldown'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import { done, heedLimit, isTooOften, type StepEnd } from './step-end'

/** Sets a contact's remark to name and tag, so that the next login finds them (B3). A remark that a person wrote stays before the tag. */
export async function setRemark(life: RobotLife, session: OpenSession, contactId: string): Promise<StepEnd> {
  const { tenure, context } = life
  const { robotId } = tenure
  const contact = await getContact(context.db, { contactId })
  if (!contact?.username) return done
  const { username, tag, nickname } = contact
  const listed = session.connection.contacts()?.find((candidate) => candidate.username === username)
  const name = readRemark(listed?.remark ?? '').name || nickname
  const outcome = await session.connection.perform({ type: 'set_remark', username, remark: remarkOf({ name, tag }) })
  await tenure.write(async (tx) => {
    await heedLimit(tx, { robotId, operation: 'set_remark', outcome })
    if (outcome.outcome === 'done') return recordRemark(tx, { contactId })
    // Nothing waits for a remark: whatever the reason, it is left alone for a while.
    if (!isTooOften(outcome)) await startCooldown(tx, { robotId, operation: 'set_remark' })
  })
  return done
}
