import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'

export async function getMembership(db: Db, { membershipId }: { membershipId: string }) {
  const [row] = await db
    .select({ membership: memberships, contact: contacts })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(eq(memberships.id, membershipId))
  return row ?? null
}

export async function getContact(db: Db, { contactId }: { contactId: string }) {
  const [contact] = await db.select().from(contacts).where(eq(contacts.id, contactId))
  return contact ?? null
}
