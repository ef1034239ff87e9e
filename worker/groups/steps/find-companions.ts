import { findByName, loadNameRules } from '@/lib/membership/find-by-name'
import { getContact } from '@/lib/membership/get-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { listCompanions, recordCompanion } from '@/lib/robot/companions'
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

/** The names of the last search of a lease, so that a name without a contact costs one search, not one per wake. */
const searched = new WeakMap<object, string>()

/** Identifies companions as soon as the address book lists them, instead of when the first room is made. */
export async function findNewCompanions(assistant: Assistant): Promise<void> {
  const { lease, context, connection } = assistant
  const listed = connection.contacts()
  if (!listed) return
  const known = await listCompanions(context.db, { robotId: lease.robotId })
  const missing = known.filter(({ contactId }) => contactId === null).map(({ name }) => name)
  const search = JSON.stringify([listed.length, ...missing])
  if (missing.length === 0 || searched.get(lease) === search) return
  searched.set(lease, search)
  await findCompanions(assistant)
}
