import { and, eq } from 'drizzle-orm'
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

/** Returns whether the person's friend request to join this qun is not accepted yet: WeChat adds only contacts to a room. */
export async function hasOpenFriendRequest(db: Db, { qunId, contactId }: { qunId: string; contactId: string }) {
  const isOpen = and(
    eq(memberships.qunId, qunId),
    eq(memberships.contactId, contactId),
    eq(memberships.state, 'requested'),
  )
  return (await db.$count(memberships, isOpen)) > 0
}

/** Returns the identified contact with this current `@…`. null: not identified. */
export async function findIdentifiedContact(db: Db, { robotId, username }: { robotId: string; username: string }) {
  const isMeant = and(eq(contacts.robotId, robotId), eq(contacts.username, username))
  const [contact] = await db.select().from(contacts).where(isMeant)
  return contact ?? null
}
