import { findByName, loadNameRules } from '@/lib/membership/find-by-name'
import { getContact } from '@/lib/membership/get-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { listCompanions, recordCompanion } from '@/lib/robot/set-companions'
import type { Assistant } from '@/worker/groups/assistant'

/** Returns the current `@…` of an assistant's companions: known contacts by their remark, others by name; omits those not found. */
export async function findCompanions({ lease, context, connection }: Assistant): Promise<string[]> {
  const { robotId } = lease
  const listed = connection.contacts() ?? []
  const usernames: string[] = []
  const rules = await loadNameRules(context.db, { robotId })
  for (const { name, contactId } of await listCompanions(context.db, { robotId })) {
    const contact = contactId ? await getContact(context.db, { contactId }) : null
    if (contact?.username) {
      usernames.push(contact.username)
      continue
    }
    const match = findByName(listed, name, rules)
    if (match.outcome !== 'one') continue
    await lease.write(async (tx) => {
      const { id } = await upsertContact(tx, { robotId, person: match.contact })
      await recordCompanion(tx, { robotId, name, contactId: id, identifiedBy: match.identifiedBy })
    })
    usernames.push(match.contact.username)
  }
  return usernames
}
