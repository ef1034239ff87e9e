import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'

/** One person's way into a qun, and who that is; null when it is gone. */
export async function getMembership(db: Db, { membershipId }: { membershipId: string }) {
  const [row] = await db
    .select({ membership: memberships, contact: contacts })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(eq(memberships.id, membershipId))
  return row ?? null
}

/** One person; null when there is no such contact. */
export async function getContact(db: Db, { contactId }: { contactId: string }) {
  const [contact] = await db.select().from(contacts).where(eq(contacts.id, contactId))
  return contact ?? null
}
