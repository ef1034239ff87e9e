import { claimQun } from '@/lib/membership/claim-qun'
import { failWith } from '@/lib/errors'
import { findByName, loadNameRules } from '@/lib/membership/find-by-name'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordFailedLookup } from '@/lib/qun/advance-qun'
import type { Assistant } from '@/worker/groups/assistant'
import { done, type StepEnd } from '@/worker/groups/step-end'
import { recordQunEvent } from '@/worker/groups/record-qun-event'

/**
 * Makes the contact with the owner's name the owner. Unless exactly one contact has it, the owner must send the code.
 * Spec: B4 (POST /wxbot/qun).
 */
export async function lookUpOwner(assistant: Assistant, qunId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const listed = connection.contacts()
  // The event of the loaded address book makes this step due again.
  if (!listed) return { ...failWith('ASSISTANT_NOT_READY', 'contacts_not_listed'), isStopped: true }
  await lease.write(async (tx) => {
    const qun = await getQunOrThrow(tx, { qunId })
    const match = findByName(listed, qun.ownerName, await loadNameRules(tx, lease))
    await recordFailedLookup(tx, { qunId })
    if (qun.status !== 'pending_owner' || match.outcome !== 'one') return
    const { id: contactId } = await upsertContact(tx, { robotId: lease.robotId, person: match.contact })
    const { identifiedBy } = match
    if (await claimQun(tx, { qunId, contactId, identifiedBy }))
      await recordQunEvent(tx, context, { qunId, type: 'qun_owner_arrived' })
  })
  return done
}
