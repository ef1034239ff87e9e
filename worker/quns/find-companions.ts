import { findByName } from '@/lib/membership/find-by-name'
import { getContact } from '@/lib/membership/get-membership'
import { meetContact } from '@/lib/membership/meet-contact'
import { listCompanions, recordCompanion } from '@/lib/robot/set-companions'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'

/** The current `@…` of an assistant's companions: those met before by their remark, the others by name. Who cannot be found is left out. */
export async function findCompanions({ tenure, context }: RobotLife, { connection }: OpenSession): Promise<string[]> {
  const { robotId } = tenure
  const listed = connection.contacts() ?? []
  const found: string[] = []
  for (const { name, contactId } of await listCompanions(context.db, { robotId })) {
    const met = contactId ? await getContact(context.db, { contactId }) : null
    if (met?.username) {
      found.push(met.username)
      continue
    }
    const match = findByName(listed, name)
    if (match.outcome !== 'one') continue
    await tenure.write(async (tx) => {
      const contact = await meetContact(tx, { robotId, person: match.contact })
      await recordCompanion(tx, { robotId, name, contactId: contact.id })
    })
    found.push(match.contact.username)
  }
  return found
}
