import { and, eq, isNull, notInArray } from 'drizzle-orm'
import { findContact, listAllContacts } from '@/lib/address-book/list-contacts'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'
import { findByName, loadNameRules } from '@/lib/membership/find-by-name'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { recordCompanion } from '@/lib/robot/companions'

/**
 * Sets an assistant's companions by nickname or remark; `picked` names those that an operator picked from the address book. Those that stay keep
 * their identified contact. A picked contact is identified at once, and so is a name that exactly one person in the stored address book has; the assistant is woken to look for the others.
 * Spec: B3 (assistant).
 */
export async function setCompanions(
  tx: Tx,
  {
    robotId,
    names,
    picked = [],
  }: { robotId: string; names: readonly string[]; picked?: readonly { name: string; username: string }[] },
): Promise<void> {
  const unique = [...new Set(names.map((name) => name.trim()).filter(Boolean))]
  await tx.delete(companions).where(and(eq(companions.robotId, robotId), notInArray(companions.name, ['', ...unique])))
  wakeRobotAfterCommit(tx, robotId)
  if (unique.length === 0) return
  await tx
    .insert(companions)
    .values(unique.map((name) => ({ robotId, name })))
    .onConflictDoNothing()
  for (const { name, username } of picked) await identifyPicked(tx, { robotId, name: name.trim(), username })
  await identifyByName(tx, { robotId })
}

/** A contact that is gone from the address book since it was picked is looked for by its name. */
async function identifyPicked(
  tx: Tx,
  { robotId, name, username }: { robotId: string; name: string; username: string },
): Promise<void> {
  const person = await findContact(tx, { robotId, username })
  if (!person) return
  const { id: contactId } = await upsertContact(tx, { robotId, person })
  await recordCompanion(tx, { robotId, name, contactId, identifiedBy: 'operator' })
}

async function identifyByName(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const missing = await tx
    .select({ name: companions.name })
    .from(companions)
    .where(and(eq(companions.robotId, robotId), isNull(companions.contactId)))
  if (missing.length === 0) return
  const listed = await listAllContacts(tx, { robotId })
  const rules = await loadNameRules(tx, { robotId })
  for (const { name } of missing) {
    const match = findByName(listed, name, rules)
    if (match.outcome !== 'one') continue
    const { id: contactId } = await upsertContact(tx, { robotId, person: match.contact })
    await recordCompanion(tx, { robotId, name, contactId, identifiedBy: match.identifiedBy })
  }
}
