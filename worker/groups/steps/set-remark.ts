import { formatRemark, parseRemark } from '@/lib/membership/contact-tag'
import { getContact } from '@/lib/membership/get-membership'
import { recordRemark } from '@/lib/membership/advance-membership'
import { startCooldown } from '@/lib/robot/cooldown'
import type { Assistant } from '@/worker/groups/assistant'
import { done, type StepEnd } from '@/worker/groups/step-end'
import { isTooOften, updateCooldown } from '@/worker/wechat/update-cooldown'

/**
 * Sets a contact's remark to name and tag, which identify the contact after the next login; keeps a remark that a person wrote.
 * Spec: B3 (assistant).
 */
export async function setRemark(assistant: Assistant, contactId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const { robotId } = lease
  const contact = await getContact(context.db, { contactId })
  if (!contact?.username) return done
  const { username, tag, nickname } = contact
  const listed = connection.contacts()?.find((candidate) => candidate.username === username)
  const { name: before, tag: earlierTag } = parseRemark(listed?.remark ?? '')
  const isWrittenByPerson = before !== '' && earlierTag === null
  const remark = formatRemark({ name: before || nickname, tag })
  const copiedName = isWrittenByPerson ? null : parseRemark(remark).name
  const outcome = await connection.perform({ type: 'set_remark', username, remark })
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId, operation: 'set_remark', outcome })
    if (outcome.outcome === 'done') return recordRemark(tx, { contactId, copiedName })
    // No step waits for a remark, so every failure just postpones it.
    if (!isTooOften(outcome)) await startCooldown(tx, { robotId, operation: 'set_remark' })
  })
  return done
}
